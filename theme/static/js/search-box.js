// Suggests titles while a reader types into a search box. The box in the header loads this file when
// it is first touched (reading.js); without it the box is a form that leads to the search page.
// The pattern: https://www.w3.org/WAI/ARIA/apg/patterns/combobox/examples/combobox-autocomplete-list/

const MOST = 6;
// Milliseconds without a key before anything is looked up.
const PAUSE = 150;

// Opens the index when it is first asked for. The manifest, which the engine reads first of all, is
// fetched beside the engine and not after it.
export function opener() {
  let engine = null;
  const load = async () => {
    const [{ openIndex }, manifest] = await Promise.all([
      import("js/search-engine.js"), fetch("/search/manifest.json", { cache: "no-cache" }),
    ]);
    const early = [manifest];
    return openIndex("/search/", { get: (...request) => early.pop() ?? fetch(...request) });
  };
  return () => {
    engine ??= load();
    // The next try may do better.
    engine.catch(() => { engine = null; });
    return engine;
  };
}

function style() {
  const href = "css/search.css";
  if (document.querySelector(`link[href="${href}"]`)) return;
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
  document.head.append(link);
}

const element = (name, attributes, ...content) => {
  const made = document.createElement(name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  made.append(...content);
  return made;
};

export function suggest(form, open = opener()) {
  const box = form.elements.q;
  const list = element("ul", { class: "suggestions", id: "suggestions", role: "listbox", "aria-label": "标题" });
  const status = element("p", { class: "visually-hidden", role: "status" });
  let last = 0;
  let pause;
  // The option that is chosen with the arrow keys; -1 is what the reader typed.
  let place = -1;

  const options = () => [...list.children];
  const choose = (next) => {
    place = next;
    options().forEach((option, n) => option.setAttribute("aria-selected", String(n === place)));
    const chosen = options()[place];
    if (chosen) {
      box.setAttribute("aria-activedescendant", chosen.id);
      chosen.scrollIntoView({ block: "nearest" });
    } else {
      box.removeAttribute("aria-activedescendant");
    }
  };
  const show = (found) => {
    list.replaceChildren(...found.map(({ title, url, number }, n) => element(
      "li",
      { class: "suggestions__item", role: "option", id: `suggestion-${n}`, "data-url": url },
      title,
      ...(number ? [element("span", { class: "suggestions__number" }, number)] : []),
    )));
    choose(-1);
    list.hidden = !found.length;
    box.setAttribute("aria-expanded", String(!list.hidden));
    status.textContent = found.length ? `有${found.length}个标题，按上下键选择。` : "";
  };
  const close = () => {
    clearTimeout(pause);
    // What is still on its way comes too late.
    last += 1;
    show([]);
  };
  const look = async () => {
    const text = box.value.trim();
    const mine = last += 1;
    // No word of it when the index cannot be read: the page of results will tell.
    const found = text ? await open().then((engine) => engine.suggest(text, MOST)).catch(() => []) : [];
    if (mine === last) show(found);
  };
  const wait = () => {
    clearTimeout(pause);
    pause = setTimeout(look, PAUSE);
  };
  const go = (option) => { location.href = option.dataset.url; };

  const keys = {
    ArrowDown: () => choose(place + 1 < list.children.length ? place + 1 : -1),
    ArrowUp: () => choose(place < 0 ? list.children.length - 1 : place - 1),
    Enter: () => (place < 0 ? close() : go(options()[place])),
    Escape: close,
  };
  box.addEventListener("keydown", (event) => {
    // 229: the key belongs to the input method (Safari says so after the composition has ended).
    if (event.isComposing || event.keyCode === 229 || !keys[event.key]) return;
    if (list.hidden) return event.key === "ArrowDown" && look();
    if (event.key !== "Enter" || place >= 0) event.preventDefault();
    keys[event.key]();
  });
  box.addEventListener("input", (event) => { if (!event.isComposing) wait(); });
  box.addEventListener("compositionend", wait);
  form.addEventListener("submit", close);
  box.addEventListener("blur", close);
  // The box keeps the focus.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) go(option);
  });

  style();
  Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id })
    .forEach(([name, value]) => box.setAttribute(name, value));
  box.after(list);
  form.append(status);
  show([]);
  if (box.value.trim()) wait();
  // The index begins to come while the reader still types.
  open().catch(() => {});
}
