// The queue of conflicts: the next one is fetched ahead, so a decision shows it at once and is sent behind it. Where the
// server refuses, the pair comes back with the reason in words. Without this script the form posts as any other.

const main = document.getElementById("main");
const parser = new DOMParser();
let ahead = null; // the next page, on its way or here
let sending = Promise.resolve(); // decisions go one after the other

class Page {
  constructor(nodes, title, address) {
    Object.assign(this, { nodes, title, address });
  }
}

const deciding = () => document.getElementById("deciding");
const shownNow = () => new Page([...main.childNodes], document.title, location.pathname);

function parsed(text, address) {
  const page = parser.parseFromString(text, "text/html");
  const nodes = [...(page.getElementById("main")?.childNodes ?? [])];
  return new Page(nodes.map((node) => document.adoptNode(node)), page.title, address);
}

async function load(address) {
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    return answer.ok && !answer.redirected ? parsed(await answer.text(), address) : null;
  } catch {
    return null; // the form will say it, when it is sent
  }
}

function show(page, { replaces = false } = {}) {
  main.replaceChildren(...page.nodes);
  document.title = page.title;
  history[replaces ? "replaceState" : "pushState"]({}, "", page.address);
  main.dispatchEvent(new Event("desk:shown", { bubbles: true }));
  main.querySelector("h1")?.focus({ preventScroll: true });
  scrollTo(0, 0);
}

const inRail = () => document.querySelectorAll("[data-count=conflicts]");
const numberIn = (element) => Number(element.textContent.replaceAll(/\D/g, ""));
const written = (number) => (number ? number.toLocaleString(document.documentElement.lang) : "");

// The page was fetched while this pair still waited: it counts one less now.
function countOneLess() {
  for (const number of [...document.querySelectorAll("[data-place], [data-waiting]"), ...inRail()]) {
    const counted = numberIn(number);
    const left = Math.max(counted - 1, number.dataset.place === undefined ? 0 : 1);
    if (counted) number.textContent = number.dataset.count ? written(left) : left.toLocaleString(document.documentElement.lang);
  }
}

// It waits after all. The rail stands beside what is shown in place of the page, and does not come back with it.
function countOneMore() {
  for (const number of inRail()) number.textContent = written(numberIn(number) + 1);
}

function pending(label, words) {
  const toast = document.createElement("p");
  toast.className = "toast undo";
  toast.role = "status";
  const said = document.createElement("span");
  said.textContent = `${label} · ${words.saving}`;
  const back = document.createElement("button");
  back.className = "btn";
  back.dataset.key = "z";
  back.textContent = words.undo;
  toast.append(said, back);
  back.addEventListener("click", () => {
    back.disabled = true;
    toast.dataset.wanted = "true";
  });
  return toast;
}

function settle(toast, text) {
  const shown = parser.parseFromString(text, "text/html").querySelector(".toast.undo");
  if (!shown) return toast.remove();
  toast.replaceWith(document.adoptNode(shown));
  shown.dispatchEvent(new Event("desk:shown", { bubbles: true }));
  if (toast.dataset.wanted) shown.querySelector("form.undo").requestSubmit();
}

function complain(text, link) {
  const alert = document.createElement("p");
  alert.className = "error toast";
  alert.role = "alert";
  alert.append(text);
  if (link) alert.append(" ", link);
  main.prepend(alert);
}

function signInLink(words) {
  const link = document.createElement("a");
  link.href = `/sign-in/?next=${encodeURIComponent(location.pathname)}`;
  link.textContent = words.signIn;
  return link;
}

async function refused(answer, left, words) {
  const isSignedOut = !answer || new URL(answer.url).pathname.startsWith("/sign-in/");
  const said = answer && !isSignedOut ? parser.parseFromString(await answer.text(), "text/html") : null;
  const fresh = answer?.status === 409 ? await load(left.address) : null; // as whoever was first left it
  show(fresh ?? left, { replaces: true });
  if (!fresh) countOneMore();
  for (const busy of main.querySelectorAll("[aria-busy]")) busy.removeAttribute("aria-busy");
  if (!answer) complain(words.away);
  else if (isSignedOut) complain(words.signedOut, signInLink(words));
  else complain(said.querySelector(".notice p")?.textContent ?? words.away);
  fetchAhead();
}

async function send(request, toast, left, words) {
  const answer = await fetch(request).catch(() => null);
  if (answer?.ok && !answer.redirected) {
    settle(toast, await answer.text());
    fetchAhead();
  } else {
    await refused(answer, left, words);
  }
}

function fetchAhead() {
  const next = deciding()?.dataset.next;
  ahead = next ? load(next) : null;
}

async function decide(form, button) {
  const request = new Request(form.action, {
    method: "POST",
    body: new FormData(form, button),
    headers: { "X-Queue": "1" },
  });
  const words = { ...form.dataset };
  const label = button.firstChild.textContent.trim();
  button.setAttribute("aria-busy", "true"); // an answer at once, even where the next page is not here yet
  const [next, left] = [await ahead, shownNow()];
  if (!next) return form.submit.call(withChoice(form, button));
  ahead = null;
  main.classList.add("slides-in");
  show(next);
  countOneLess();
  const toast = pending(label, words);
  document.getElementById("undo").replaceChildren(toast);
  sending = sending.then(() => send(request, toast, left, words));
}

function withChoice(form, button) {
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name: button.name, value: button.value });
  form.append(field);
  return form;
}

main.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.id !== "deciding" || !form.dataset.next || !event.submitter) return;
  event.preventDefault();
  if (!form.querySelector("[aria-busy]")) decide(form, event.submitter);
});
addEventListener("popstate", () => location.reload());
fetchAhead();
