// Adjudication: whoever writes own words, or picks another rating, has chosen them.

document.querySelector(".adjudication")?.addEventListener("input", (event) => {
  const own = event.target instanceof Element ? event.target.closest(".own") : null;
  const choice = own?.querySelector("input[type=radio]");
  if (choice && event.target !== choice) choice.checked = true;
});
