"""Invented news in eight languages, with what stands around news there: the article is known to the word."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from tests.intake.parsing.layouts import Story


@dataclass(frozen=True)
class Tongue:
    """A language: an article, the lines around one, and sentences of articles that begin as such lines do."""

    code: str
    story: Story
    around: Sequence[str]
    sentences: Sequence[str]


def _story(headline: str, *paragraphs: str) -> Story:
    return Story(headline, paragraphs)


ENGLISH = Tongue(
    "en",
    _story(
        "The bridge over the Orla may reopen in May",
        "The bridge will reopen before the winter storms, the mayor of Orla, Ilse Varga, told the council on Monday.",
        "“We counted 312 families on the north bank, and not one was asked,” the engineer Tomas Reyle replied.",
        "A report of 84 pages puts the cost at 31.2 million, more than twice what was promised two years ago.",
        "The opposition denied that the bridge had ever been closed for safety and demanded another inspection.",
        "Residents remember 1987, when the flood took half of the roadway overnight.",
    ),
    (
        *("Read more: all that is known of the plan", "Related stories", "Also read: ten walks along the river"),
        *("Photo: A. Lens / Orla Pictures", "Workers on the north bank on Sunday. Photo: A. Lens", "Photo by A. Lens"),
        *("Story continues below advertisement", "Advertisement", "Share this article", "Copy link", "Comments (3)"),
        *("Sign up to our newsletter so that you miss nothing.", "Subscribe to read on", "Follow us everywhere."),
        *("More from the valley", "Most read", "3 min read", "Last updated 2 March 2026, 11:05 a.m."),
        *("Published: 2 March 2026, 10:12 GMT", "We use cookies to improve your visit.", "Accept all cookies"),
        *("© 2026 The Daily Orla. All rights reserved.", "Copyright The Daily Orla 2026", "Continue reading"),
    ),
    (
        "Also on Monday, the mayor said that the bridge would open.",
        "Copyright law should be changed, the minister said.",
        "Published in March 2019, the report accused the council.",
        "Terms of the new energy policy were leaked on Monday.",
        "Read all 84 pages, the mayor told the engineer.",
        "More from the valley will be asked to pay, she said.",
        "Video by witnesses showed the police at the door.",
    ),
)
FRENCH = Tongue(
    "fr",
    _story(
        "Le pont sur l’Orla pourrait rouvrir en mai",
        "Le pont sera rouvert avant les tempêtes d’hiver, a déclaré lundi la maire d’Orla, Ilse Varga, devant le conseil municipal.",
        "« Nous avons compté 312 familles sur la rive nord, et personne ne leur a rien demandé », a répondu l’ingénieur Tomas Reyle.",
        "Un rapport de 84 pages chiffre les travaux à 31,2 millions, plus du double de ce qui avait été promis il y a deux ans.",
        "L’opposition nie que le pont ait jamais été fermé pour des raisons de sécurité et demande une nouvelle inspection.",
        "Les habitants se souviennent de 1987, quand la crue avait emporté la moitié du tablier en une nuit.",
    ),
    (
        *("À lire aussi : tout ce que l’on sait du projet", "Lire aussi Dix promenades le long de la rivière"),
        *("Crédit photo : A. Lens / Orla Images", "Les ouvriers sur la rive nord dimanche. Photo : A. Lens"),
        *("La suite après cette publicité", "Publicité", "Partager cet article", "Copier le lien", "Commentaires (3)"),
        *("Inscrivez-vous à notre newsletter pour ne rien manquer.", "Abonnez-vous pour lire la suite."),
        *(
            "Recevez chaque matin l’essentiel de l’actualité dans votre boîte mail.",
            "Suivez-nous sur tous les réseaux.",
        ),
        *("Sur le même sujet", "Les plus lus", "Publié le 2 mars 2026 à 10h12, mis à jour à 11h05"),
        *("Temps de lecture : 3 min", "Nous utilisons des cookies pour améliorer votre visite.", "Tout accepter"),
        *(
            "© 2026 Le Quotidien d’Orla. Tous droits réservés.",
            "Mentions légales",
            "En savoir plus sur le plan des travaux",
        ),
    ),
    (
        "Publié le 3 mars, le rapport accuse la mairie d’avoir menti.",
        "Cet article a été modifié par le Sénat avant le vote final.",
        "Partager le pouvoir avec l’opposition est exclu, a dit la maire.",
        "La photo : un faux, selon l’expert du tribunal qui l’a examinée.",
        "Voir la rivière en crue a convaincu le conseil.",
        "Lire le rapport en entier lui a pris deux jours.",
    ),
)
GERMAN = Tongue(
    "de",
    _story(
        "Die Brücke über die Orla könnte im Mai wieder öffnen",
        "Die Brücke werde vor den Winterstürmen wieder geöffnet, sagte die Bürgermeisterin von Orla, Ilse Varga, am Montag im Rat.",
        "„Wir haben 312 Familien am Nordufer gezählt, und keine wurde gefragt“, entgegnete der Ingenieur Tomas Reyle.",
        "Ein Bericht von 84 Seiten beziffert die Kosten auf 31,2 Millionen, mehr als doppelt so viel wie vor zwei Jahren versprochen.",
        "Die Opposition bestreitet, dass die Brücke je aus Gründen der Sicherheit gesperrt wurde, und verlangt eine neue Prüfung.",
        "Anwohner erinnern sich an 1987, als die Flut über Nacht die halbe Fahrbahn mitnahm.",
    ),
    (
        *("Lesen Sie auch: Alles, was über den Plan bekannt ist", "Mehr zum Thema", "Auch interessant"),
        *("Foto: A. Lens/Orla Bilder", "Arbeiter am Nordufer am Sonntag. Foto: dpa", "Symbolbild"),
        *("Der Artikel geht unter der Anzeige weiter", "Anzeige", "Artikel teilen", "Link kopieren", "Kommentare (3)"),
        *("Melden Sie sich für unseren Newsletter an und verpassen Sie nichts.", "Jetzt abonnieren und weiterlesen"),
        *(
            "Folgen Sie uns auf allen Kanälen.",
            "Das könnte Sie auch interessieren",
            "Meistgelesen",
            "Lesezeit: 3 Minuten",
        ),
        *("Stand: 02.03.2026, 10:12 Uhr", "Zuletzt aktualisiert am 2. März 2026 um 11:05 Uhr", "Alle akzeptieren"),
        *("Wir verwenden Cookies, um Ihren Besuch zu verbessern.", "© 2026 Orlaer Tageblatt. Alle Rechte vorbehalten."),
        *("Impressum", "Datenschutz", "Weiter nach der Werbung"),
    ),
    (
        "Mehr dazu könne er noch nicht sagen, erklärte der Sprecher.",
        "Stand 2024 waren noch drei von vier Brücken gesperrt.",
        "Veröffentlicht wurde der Bericht erst 2019, sagte die Ministerin.",
        "Weitere Artikel des Gesetzes sollen im Mai folgen.",
        "Anzeige wegen Betrugs erstattete die Stadt am Montag.",
        "Das Foto: eine Fälschung, sagt der Gutachter des Gerichts.",
    ),
)
SPANISH = Tongue(
    "es",
    _story(
        "El puente sobre el Orla podría reabrir en mayo",
        "El puente se reabrirá antes de los temporales de invierno, dijo el lunes la alcaldesa de Orla, Ilse Varga, ante el pleno.",
        "«Contamos 312 familias en la orilla norte y a ninguna se le preguntó», respondió el ingeniero Tomas Reyle.",
        "Un informe de 84 páginas cifra el coste en 31,2 millones, más del doble de lo prometido hace dos años.",
        "La oposición niega que el puente se cerrara alguna vez por razones de seguridad y exige otra inspección.",
        "Los vecinos recuerdan 1987, cuando la crecida se llevó media calzada en una noche.",
    ),
    (
        *("Lea también: todo lo que se sabe del plan", "Leer más", "Noticias relacionadas", "Te puede interesar"),
        *("Foto: A. Lens / Orla Imágenes", "Obreros en la orilla norte el domingo. Foto: EFE", "Imagen de archivo"),
        *(
            "La noticia continúa después de la publicidad",
            "Publicidad",
            "Compartir en redes",
            "Copiar enlace",
            "Comentarios (3)",
        ),
        *("Suscríbete a nuestro boletín y no te pierdas nada.", "Recibe cada mañana las noticias en tu correo."),
        *("Síguenos en todas las redes.", "Lo más leído", "Tiempo de lectura: 3 min", "Seguir leyendo"),
        *("Publicado el 2 de marzo de 2026 a las 10:12", "Última actualización: 2 de marzo de 2026, 11:05 h."),
        *("Utilizamos cookies para mejorar su visita.", "Aceptar todas", "Política de privacidad"),
        *("© 2026 El Diario de Orla. Todos los derechos reservados.", "Más información:"),
    ),
    (
        "Ver más allá de la crisis es difícil, admitió la alcaldesa.",
        "Más información se dará el lunes, según el portavoz.",
        "Publicado en 2019, el informe acusa al ayuntamiento.",
        "Compartir el poder con la oposición queda descartado, dijo.",
        "Publicidad engañosa es lo que fue, según el juez.",
        "Recibe el alcalde a los vecinos el martes, dijo su oficina.",
    ),
)
ITALIAN = Tongue(
    "it",
    _story(
        "Il ponte sull’Orla potrebbe riaprire a maggio",
        "Il ponte sarà riaperto prima delle tempeste d’inverno, ha detto lunedì la sindaca di Orla, Ilse Varga, in consiglio.",
        "«Abbiamo contato 312 famiglie sulla riva nord e a nessuna è stato chiesto nulla», ha risposto l’ingegnere Tomas Reyle.",
        "Un rapporto di 84 pagine stima il costo in 31,2 milioni, più del doppio di quanto promesso due anni fa.",
        "L’opposizione nega che il ponte sia mai stato chiuso per motivi di sicurezza e chiede una nuova ispezione.",
        "Gli abitanti ricordano il 1987, quando la piena portò via mezza carreggiata in una notte.",
    ),
    (
        *(
            "Leggi anche: tutto quello che si sa del piano",
            "Leggi tutto",
            "Articoli correlati",
            "Potrebbe interessarti anche",
        ),
        *("Foto: A. Lens / Orla Immagini", "Operai sulla riva nord domenica. Foto: ANSA", "Foto d’archivio"),
        *(
            "L’articolo continua dopo la pubblicità",
            "Pubblicità",
            "Condividi su tutti i social",
            "Copia link",
            "Commenti (3)",
        ),
        *("Iscriviti alla nostra newsletter per non perdere nulla.", "Abbonati ora e continua a leggere"),
        *(
            "Ricevi ogni mattina le notizie nella tua casella.",
            "Seguici su tutte le reti.",
            "I più letti",
            "Per approfondire",
        ),
        *(
            "Tempo di lettura: 3 minuti",
            "Pubblicato il 2 marzo 2026 alle 10:12",
            "Ultimo aggiornamento: 02/03/2026 11:05",
        ),
        *("Utilizziamo i cookie per migliorare la visita.", "Accetta tutti", "Note legali"),
        *("© 2026 Il Giornale di Orla. Tutti i diritti riservati.", "Riproduzione riservata"),
    ),
    (
        "Leggi anche severe non bastano, ha detto il ministro.",
        "Abbonati e turisti protestano contro il nuovo orario.",
        "Registrati 300 nuovi casi nella provincia in un giorno.",
        "Pubblicato nel 2019, il rapporto accusa il comune.",
        "Stampa e opposizione chiedono le dimissioni della sindaca.",
        "Continua la protesta degli operai sulla riva nord.",
    ),
)
PORTUGUESE = Tongue(
    "pt",
    _story(
        "Ponte sobre o Orla pode reabrir em maio",
        "A ponte será reaberta antes das tempestades de inverno, disse na segunda-feira a prefeita de Orla, Ilse Varga, na câmara.",
        "“Contamos 312 famílias na margem norte e nenhuma foi ouvida”, respondeu o engenheiro Tomas Reyle.",
        "Um relatório de 84 páginas calcula o custo em 31,2 milhões, mais que o dobro do que fora prometido há dois anos.",
        "A oposição nega que a ponte tenha sido fechada alguma vez por razões de segurança e exige outra inspeção.",
        "Os moradores lembram-se de 1987, quando a cheia levou metade da pista numa noite.",
    ),
    (
        *("Leia também: tudo o que se sabe do plano", "Saiba mais", "Notícias relacionadas", "Pode interessar-lhe"),
        *("Foto: A. Lens / Orla Imagens", "Operários na margem norte no domingo. Foto: Lusa", "Imagem de arquivo"),
        *("Continua após a publicidade", "Publicidade", "Compartilhar no telefone", "Copiar link", "Comentários (3)"),
        *("Inscreva-se na nossa newsletter e não perca nada.", "Assine já e continue a ler"),
        *("Receba todas as manhãs as notícias no seu e-mail.", "Siga-nos em todas as redes.", "Mais lidas"),
        *(
            "Tempo de leitura: 3 min",
            "Publicado em 2 de março de 2026 às 10h12",
            "Última atualização: 02/03/2026 11:05",
        ),
        *("Utilizamos cookies para melhorar a sua visita.", "Aceitar todos", "Termos de uso"),
        *("© 2026 Diário de Orla. Todos os direitos reservados.", "Clique aqui para ver o mapa"),
    ),
    (
        "Publicado em 2019, o relatório acusa a prefeitura.",
        "Ver mais além da crise é difícil, admitiu a prefeita.",
        "Publicidade enganosa foi o que houve, segundo o juiz.",
        "Mais lidas foram as cartas do engenheiro, disse o arquivo.",
        "Partilhar o poder com a oposição está excluído, disse.",
        "Receba quem receber o dinheiro, a obra começa em maio.",
    ),
)
UKRAINIAN = Tongue(
    "uk",
    _story(
        "Міст через Орлу можуть відкрити в травні",
        "Міст відкриють до зимових штормів, заявила в понеділок на засіданні ради мер Орли Ільза Варга.",
        "«Ми нарахували 312 родин на північному березі, і жодну з них не запитали», — відповів інженер Томас Рейле.",
        "У звіті на 84 сторінки вартість робіт оцінено в 31,2 мільйона, що вдвічі більше, ніж обіцяли два роки тому.",
        "Опозиція заперечує, що міст колись закривали з міркувань безпеки, і вимагає нової перевірки.",
        "Мешканці пам’ятають 1987 рік, коли повінь за ніч знесла половину полотна.",
    ),
    (
        *("Читайте також: усе, що відомо про план", "Більше за темою", "Матеріали по темі", "Вас може зацікавити"),
        *(
            "Фото: А. Ленс / Орла",
            "Робітники на північному березі в неділю. Фото: УНІАН",
            "Архівне фото",
            "Джерело: Орла Новини",
        ),
        *("Продовження після реклами", "Реклама", "Поділитися у Facebook", "Копіювати посилання", "Коментарі (3)"),
        *("Підпишіться на нашу розсилку, щоб нічого не пропустити.", "Підписуйтесь на наш канал у Telegram"),
        *("Стежте за нами в усіх мережах.", "Найпопулярніше", "Час читання: 3 хв", "Читати далі"),
        *("Опубліковано: 2 березня 2026 р., 10:12", "Оновлено 02.03.2026 11:05", "Прийняти всі"),
        *("Ми використовуємо файли cookie, щоб сайт працював краще.", "Політика конфіденційності"),
        *(
            "© 2026 Щоденник Орли. Всі права захищені.",
            "Якщо ви помітили помилку, виділіть її та натисніть Ctrl+Enter.",
        ),
        "Передрук матеріалів дозволено лише з посиланням на видання.",
    ),
    (
        "Реклама тютюну на мосту заборонена, нагадав суддя.",
        "Опубліковано звіт було лише 2019 року, заявила міністерка.",
        "Поділитися владою з опозицією мер відмовилася.",
        "Читати звіт він не став, сказав інженер.",
        "Підписатися на таку угоду означало б втратити міст, сказав він.",
        "Отримуйте вони більше, нічого б не змінилося, сказав суддя.",
    ),
)
RUSSIAN = Tongue(
    "ru",
    _story(
        "Мост через Орлу могут открыть в мае",
        "Мост откроют до зимних штормов, заявила в понедельник на заседании совета мэр Орлы Ильза Варга.",
        "«Мы насчитали 312 семей на северном берегу, и ни одну из них не спросили», — ответил инженер Томас Рейле.",
        "В отчете на 84 страницы стоимость работ оценена в 31,2 миллиона, что вдвое больше, чем обещали два года назад.",
        "Оппозиция отрицает, что мост когда-либо закрывали из соображений безопасности, и требует новой проверки.",
        "Жители помнят 1987 год, когда наводнение за ночь снесло половину полотна.",
    ),
    (
        *("Читайте также: все, что известно о плане", "Материалы по теме", "По теме:", "Вам может быть интересно"),
        *(
            "Фото: А. Ленс / Орла",
            "Рабочие на северном берегу в воскресенье. Фото: ТАСС",
            "Архивное фото",
            "Источник: Орла Новости",
        ),
        *("Продолжение после рекламы", "Реклама", "Поделиться в соцсетях", "Скопировать ссылку", "Комментарии (3)"),
        *("Подпишитесь на нашу рассылку, чтобы ничего не пропустить.", "Подписывайтесь на наш канал в Telegram"),
        *("Следите за нами во всех сетях.", "Самое читаемое", "Время чтения: 3 мин", "Читать далее"),
        *("Опубликовано: 2 марта 2026 г., 10:12", "Обновлено 02.03.2026 11:05", "Принять все"),
        *("Мы используем файлы cookie, чтобы сайт работал лучше.", "Политика конфиденциальности"),
        *("© 2026 Дневник Орлы. Все права защищены.", "Заметили ошибку? Выделите ее и нажмите Ctrl+Enter."),
        "Перепечатка материалов разрешена только со ссылкой на издание.",
    ),
    (
        "Реклама табака на мосту запрещена, напомнил судья.",
        "Опубликовано это было лишь в 2019 году, заявила министр.",
        "Поделиться властью с оппозицией мэр отказалась.",
        "Читать отчет он не стал, сказал инженер.",
        "Подробнее он говорить не стал, сославшись на тайну следствия.",
        "Источник в мэрии: денег на мост больше нет, говорит он, и не будет.",
    ),
)
TONGUES = (ENGLISH, FRENCH, GERMAN, SPANISH, ITALIAN, PORTUGUESE, UKRAINIAN, RUSSIAN)


def _lines(lines: Sequence[str], form: str = "<p>{}</p>") -> str:
    return "".join(form.format(escape(line)) for line in lines)


def _page(tongue: Tongue, body: str) -> str:
    return f"<!DOCTYPE html><html lang='{tongue.code}'><head><meta charset='utf-8'><title>{tongue.story.headline}</title></head><body>{body}</body></html>"


def between_paragraphs(tongue: Tongue) -> str:
    """One line of what stands around between each two paragraphs, and the rest behind."""
    story, turns = tongue.story, iter(tongue.around)
    mixed = "".join(_lines([paragraph]) + _lines([next(turns)]) for paragraph in story.paragraphs)
    return _page(tongue, f"<article><h1>{story.headline}</h1>{mixed}{_lines(list(turns))}</article>")


def before_and_behind(tongue: Tongue) -> str:
    """All of it in blocks without marks, half before and half behind the text."""
    half = len(tongue.around) // 2
    before, behind = _lines(tongue.around[:half], "<div>{}</div>"), _lines(tongue.around[half:], "<div>{}</div>")
    text = f"<h1>{tongue.story.headline}</h1>{before}{_lines(tongue.story.paragraphs)}{behind}"
    return _page(tongue, f"<div class='page'><div class='text'>{text}</div></div>")


def broken_by_br(tongue: Tongue) -> str:
    """One block, its lines parted by breaks, a line of what stands around behind each paragraph."""
    lines = [line for both in zip(tongue.story.paragraphs, tongue.around[::-1], strict=False) for line in both]
    text = "<br>".join(escape(line) for line in lines)
    return _page(tongue, f"<article><h1>{tongue.story.headline}</h1><div class='text'>{text}</div></article>")


SHAPES = (between_paragraphs, before_and_behind, broken_by_br)
