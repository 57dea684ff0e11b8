"""Words by which two sentences that are nearly the same say something otherwise, in the languages of wire copy: data.

All are looked for in every text: what one language denies with is in another a word that nobody adds for style either.
"""

from typing import Final

_DENYING: Final = {
    "en": "no not never none nobody nothing nor neither without cannot denies denied deny denying refuse refuses"
    " refused reject rejects rejected false untrue unlikely fail fails failed",
    "fr": "ne pas non jamais aucun aucune rien personne ni sans nie nient nié démentir dément démentent démenti"
    " refuse refusent refusé rejette rejettent rejeté faux fausse",
    "de": "nicht nie niemals kein keine keinen keinem keiner keines niemand nichts weder ohne bestreitet bestritt"
    " bestritten dementiert dementierte verneint lehnt abgelehnt falsch",
    "es": "no nunca jamás ningún ninguno ninguna nada nadie ni tampoco sin niega niegan negó negado desmiente"
    " desmintió rechaza rechazan rechazó falso falsa",
    "it": "non no mai nessun nessuno nessuna niente nulla né senza nega negano negato smentisce smentito rifiuta"
    " rifiutato respinge respinto falso falsa",
    "pt": "não nunca jamais nenhum nenhuma nada ninguém nem sem nega negam negou negado desmente desmentiu rejeita"
    " rejeitou recusa recusou falso falsa",
    "uk": "не ні ніколи жоден жодна жодного жодної ніхто нічого без немає нема заперечує заперечив заперечила"
    " відкидає спростував спростувала відмовився відмовилася",
    "ru": "не нет ни никогда никто ничего никакой никаких без отрицает отрицал отрицала опроверг опровергла"
    " отвергает отказался отказалась",
}
DENYING: Final = frozenset(" ".join(_DENYING.values()).split())

# "One" is mostly a pronoun or an article, in all of them; it counts nothing. What English has as another word ("once",
# "due", "per cent") is left out: the number that takes its place is told.
_COUNTING: Final = {
    "fr": "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente"
    " quarante cinquante soixante mille million millions milliard milliards moitié",
    "de": "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn"
    " achtzehn neunzehn zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig hundert tausend million"
    " millionen milliarde milliarden hälfte",
    "es": "dos tres cuatro cinco seis siete ocho nueve diez doce trece catorce quince dieciséis diecisiete"
    " dieciocho diecinueve veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa cien ciento mil"
    " millón millones mitad",
    "it": "tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici"
    " diciassette diciotto diciannove venti trenta quaranta cinquanta sessanta settanta ottanta novanta cento"
    " mille mila milione milioni miliardo miliardi metà",
    "pt": "dois duas três quatro cinco sete oito nove dez onze doze treze catorze quatorze quinze dezesseis"
    " dezasseis dezessete dezassete dezoito dezenove dezanove vinte trinta quarenta cinquenta sessenta setenta"
    " oitenta noventa cem cento mil milhão milhões bilhão bilhões metade",
    "uk": "два дві двох три трьох чотири чотирьох п'ять шість сім вісім дев'ять десять одинадцять дванадцять"
    " тринадцять чотирнадцять п'ятнадцять шістнадцять сімнадцять вісімнадцять дев'ятнадцять двадцять тридцять"
    " сорок п'ятдесят шістдесят сімдесят вісімдесят дев'яносто сто двісті триста тисяча тисяч мільйон мільйонів"
    " мільярд мільярдів половина",
    "ru": "два две двух три трех трёх четыре четырех четырёх пять шесть семь восемь девять десять одиннадцать"
    " двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать двадцать"
    " тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто сто двести триста тысяча тысяч"
    " миллион миллионов миллиард миллиардов половина",
}
COUNTING: Final = frozenset(" ".join(_COUNTING.values()).split())
