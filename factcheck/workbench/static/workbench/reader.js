// The reader: pointing at a statement or its card lights the other; a click on words leads to their card.

const reader = document.getElementById("reader");

function parts(ids) {
  return ids.split(" ").flatMap((id) => [...reader.querySelectorAll(`[data-statements~="${CSS.escape(id)}"]`)]);
}

function light(target) {
  for (const lit of reader.querySelectorAll(".on")) lit.classList.remove("on");
  const here = target instanceof Element ? target.closest("[data-statements]") : null;
  if (!here) return;
  const innermost = here.dataset.statements.split(" ").at(-1);
  for (const part of parts(innermost)) part.classList.add("on");
}

if (reader) {
  reader.addEventListener("pointerover", (event) => light(event.target));
  reader.addEventListener("pointerleave", () => light(null));
  reader.addEventListener("focusin", (event) => light(event.target));
  const arrived = location.hash && document.getElementById(location.hash.slice(1));
  if (arrived) light(arrived);
}
