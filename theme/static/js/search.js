// The search page: what is asked stands in the address, what is found below the box. Without this
// file, or when the index cannot be read, the directory of the site stands there instead.
// The index: theme/static/js/search-engine/; suggestions while typing: search-box.js.

import { opener, suggest } from "js/search-box.js";

const SIZE = 10;
const FACETS = ["column", "year", "issuer", "kind", "validity"];
// Characters before the words that were looked for: few lines are shown.
const LEAD = 20;
// Milliseconds after which a reader is told to wait.
const SLOW = 400;

const one = (selector) => document.querySelector(selector);
const root = document.documentElement;

// ?q=…&year=2026&sort=date&page=2; unknown names are left alone, an empty value asks for nothing.
export function readAddress(search) {
  const asked = new URLSearchParams(search);
  const get = (name) => asked.get(name)?.trim() ?? "";
  return {
    query: get("q"),
    filters: Object.fromEntries(FACETS.filter(get).map((name) => [name, [get(name)]])),
    sort: get("sort") === "date" ? "date" : "relevance",
    page: Math.max(1, Math.min(Number.parseInt(get("page"), 10) || 1, 100)),
  };
}

export function writeAddress({ query, filters, sort, page }) {
  const asked = new URLSearchParams();
  if (query) asked.set("q", query);
  FACETS.forEach((name) => { if (filters[name]?.[0]) asked.set(name, filters[name][0]); });
  if (sort === "date") asked.set("sort", sort);
  if (page > 1) asked.set("page", page);
  return String(asked) ? `?${asked}` : "";
}

// The text as nodes, every form of every word marked; the longest form wins.
export function mark(text, terms) {
  const forms = terms.flat().filter(Boolean).sort((a, b) => b.length - a.length)
    .map((form) => form.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  if (!forms.length) return [text];
  return text.split(new RegExp(`(${forms.join("|")})`, "iu")).map((part, n) => (n % 2 ? marked(part) : part));
}

const marked = (text) => Object.assign(document.createElement("mark"), { textContent: text });

// The clause, and the words themselves where the browser can look for them.
function place(url, anchor, words) {
  const text = words && "fragmentDirective" in document
    ? `:~:text=${encodeURIComponent(words).replaceAll("-", "%2D")}` : "";
  return anchor || text ? `${url}#${anchor}${text}` : url;
}

function setUp(form) {
  const heading = one("[data-heading]");
  const status = one("[data-status]");
  const list = one("[data-results]");
  const library = one("[data-library]");
  const exact = one("[data-hits]");
  const looser = Object.assign(document.createElement("ol"), { className: "hits" });
  const looserPart = one("[data-loose]");
  const template = one("[data-hit]").content.firstElementChild;
  const more = one("[data-more]");
  const panel = one("[data-filters]");
  const fields = FACETS.map((name) => form.elements[name]);
  const names = Object.fromEntries(fields.map(({ name, options }) => [
    name, new Map([...options].filter(({ value }) => value).map((option) => [option.value, option])),
  ]));
  const title = document.title;
  const open = opener();
  let turn = 0;
  let address;
  let asked;
  let found;
  let shown;
  let proven;
  let refuted;

  const chosen = () => Object.keys(asked.filters).length;
  const say = (text) => { if (status.textContent !== text) status.textContent = text; };

  function hit(record, isLoose) {
    const item = template.cloneNode(true);
    const fill = (name, ...content) => {
      const part = item.querySelector(`[data-${name}]`);
      part.removeAttribute(`data-${name}`);
      if (content.some(Boolean)) part.replaceChildren(...content); else part.remove();
      return part;
    };
    fill("title", ...mark(record.title, found.terms)).href = record.url;
    const tone = names.validity.get(record.validity)?.dataset.tone;
    fill("label", record.label).classList.add(`validity-tag--${tone}`);
    fill("number", record.number);
    fill("date", record.date).dateTime = record.date;
    fill("column", names.column.get(record.column)?.text.trim());
    fill("issuer", record.issuer?.join("、"));
    return Object.assign(item, { record, isLoose });
  }

  // Excerpts cost a page each: they are fetched for what comes into view.
  const reader = new IntersectionObserver((entries) => entries.forEach(({ isIntersecting, target }) => {
    if (!isIntersecting) return;
    reader.unobserve(target);
    quote(target, turn);
  }), { rootMargin: "300px" });

  async function quote(item, mine) {
    const { record, isLoose } = item;
    const excerpt = await (await open()).excerpt(record, found.terms).catch(() => null);
    if (mine !== turn) return;
    if (excerpt && !excerpt.found && !isLoose) {
      item.remove();
      refuted += 1;
      if (!exact.children.length && shown < found.strict) await append(SIZE, mine).catch(() => null);
      return summarise();
    }
    if (!isLoose) proven += 1;
    summarise();
    if (!excerpt?.parts.length) return;
    const { parts } = excerpt;
    const link = item.querySelector("[data-place]");
    const words = parts.find((part) => part.mark)?.text;
    const number = /^t(\d+)/.exec(excerpt.anchor)?.[1];
    link.href = place(record.url, excerpt.anchor, words);
    link.textContent = number ? `看第${number}条` : "看这一段";
    // One of many alike, for who hears links alone.
    link.setAttribute("aria-label", `${link.textContent}：${record.title}`);
    link.hidden = !words;
    if (words && parts[0].text.length > LEAD && !parts[0].mark) {
      parts[0].text = `……${parts[0].text.slice(-LEAD).replace(/^[，。；：、？！）》”\s]+/, "")}`;
    }
    const isWhole = /[。！？]\s*$/.test(parts.at(-1).text);
    item.querySelector("[data-excerpt]").append(
      ...parts.map((part) => (part.mark ? marked(part.text) : part.text)), isWhole ? "" : "……",
    );
  }

  async function append(count, mine) {
    const all = [...found.hits, ...found.loose];
    const from = shown;
    const ids = all.slice(from, from + count);
    shown += ids.length;
    const records = await (await open()).records(ids);
    if (mine !== turn) return null;
    const items = records.map((record, n) => record && hit(record, from + n >= found.strict));
    if (items.includes(null)) found.damaged = true;
    const whole = items.filter(Boolean);
    exact.append(...whole.filter((item) => !item.isLoose));
    looser.append(...whole.filter((item) => item.isLoose));
    whole.forEach((item) => reader.observe(item));
    more.hidden = shown >= all.length && !found.isPart;
    more.href = writeAddress({ ...asked, page: asked.page + 1 });
    return whole[0];
  }

  // What was found at once are the best of very many; the others come on demand, after them.
  async function complete(mine) {
    const whole = await (await open()).search(asked.query, { ...asked, all: true }).catch(() => null);
    if (mine !== turn || !whole) return;
    const hits = [...new Set([...found.hits, ...whole.hits])];
    found = { ...whole, hits, strict: hits.length, isPart: false };
  }

  function summarise() {
    const count = found.strict - refuted;
    const isSure = proven >= count || found.terms.flat().every((form) => form.length < 3);
    looserPart.hidden = !looser.children.length;
    one("[data-loose-heading]").hidden = !count;
    const isEmpty = !count && !found.loose.length;
    root.dataset.asked = exact.children.length + looser.children.length ? "found" : "nothing";
    panel.hidden = isEmpty && !chosen();
    const damage = found.damaged ? "部分检索数据读不出来，结果可能不全。" : "";
    if (found.hint) say("请写两个字以上，一个字查不准。");
    else if (count) say(`找到${isSure || found.isPart ? "" : "约"}${count}篇${found.isPart ? "以上" : ""}。${damage}`);
    else if (!isEmpty) say(`没有完全匹配的结果，下面是相关内容。${damage}`);
    else if (damage) say(`没有找到，但${damage}可以稍后再试，或者到下面的目录里找。`);
    else say(`没有找到。${chosen() ? "可以清除筛选再试。" : ""}`);
  }

  // Each value with the number of hits that choosing it gives.
  async function count(mine) {
    one("[data-clear]").hidden = !chosen();
    one("[data-chosen]").textContent = chosen() ? `（已选${chosen()}项）` : "";
    if (!panel.open) return;
    const ask = async () => (await open()).search(asked.query, { ...asked, counts: true });
    const { counts } = found.counts ? found : await ask().catch(() => found);
    if (mine !== turn || !counts) return;
    fields.forEach((field) => {
      const { name, value } = field;
      const numbers = { ...(value && { [value]: 0 }), ...counts[name] };
      const order = names[name].size ? [...names[name].keys()] : Object.keys(numbers)
        .sort((a, b) => (name === "year" ? b - a : numbers[b] - numbers[a] || a.localeCompare(b, "zh")));
      field.replaceChildren(field.options[0], ...order.filter((key) => key in numbers).map((key) => (
        new Option(`${names[name].get(key)?.text ?? key}${name === "year" ? "年" : ""}（${numbers[key]}）`, key, false, key === value))));
    });
  }

  function showAsked() {
    form.elements.q.value = asked.query;
    form.elements.sort.value = asked.sort;
    fields.forEach((field) => {
      const value = asked.filters[field.name]?.[0] ?? "";
      if (![...field.options].some((option) => option.value === value)) field.append(new Option(value, value));
      field.value = value;
    });
    heading.textContent = asked.query ? `“${asked.query}”的搜索结果` : "筛选结果";
    document.title = asked.query ? `${asked.query} - ${title}` : title;
    if (library) library.search = new URLSearchParams(asked.query && { q: asked.query });
  }

  async function find() {
    const mine = turn += 1;
    address = location.search;
    asked = readAddress(address);
    showAsked();
    exact.replaceChildren();
    looser.replaceChildren();
    looserPart.hidden = true;
    more.hidden = true;
    say("");
    if (!asked.query && !chosen()) {
      delete root.dataset.asked;
      return;
    }
    root.dataset.asked = "found";
    list.setAttribute("aria-busy", "true");
    const wait = setTimeout(() => { if (mine === turn) say("正在查找……"); }, SLOW);
    try {
      const result = await (await open()).search(asked.query, asked);
      if (mine !== turn) return;
      [found, shown, proven, refuted] = [result, 0, 0, 0];
      if (found.isPart && SIZE * asked.page > found.hits.length) await complete(mine);
      await append(SIZE * asked.page, mine);
      if (mine !== turn) return;
      summarise();
      count(mine);
    } catch {
      if (mine !== turn) return;
      root.dataset.asked = "nothing";
      say("检索数据没有读出来，暂时不能搜索。下面的目录仍可使用，也可以稍后再试。");
    } finally {
      clearTimeout(wait);
      if (mine === turn) list.removeAttribute("aria-busy");
    }
  }

  function remember(wanted, change) {
    address = writeAddress(wanted);
    history[address === location.search ? "replaceState" : change](null, "", location.pathname + address);
  }
  const ask = (changes) => {
    remember({ ...read(), ...changes }, "pushState");
    find();
  };
  const read = () => ({
    query: form.elements.q.value.trim(),
    filters: Object.fromEntries(fields.filter(({ value }) => value).map(({ name, value }) => [name, [value]])),
    sort: form.elements.sort.value,
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
    // This puts the keyboard of a phone away.
    heading.focus();
  });
  panel.addEventListener("change", () => ask());
  panel.addEventListener("toggle", () => { if (found) count(turn); });
  one("[data-clear]").addEventListener("click", () => {
    ask({ filters: {} });
    // The button goes away when there is nothing left to clear.
    panel.querySelector("summary").focus();
  });
  more.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    asked.page += 1;
    remember(asked, "replaceState");
    if (found.isPart && shown + SIZE > found.hits.length) await complete(turn);
    const first = await append(SIZE, turn).catch(() => null);
    summarise();
    first?.querySelector("a").focus();
  });
  form.addEventListener("focusin", () => suggest(form, open), { once: true });
  // Going to a place on the page, such as #main, is no new search.
  addEventListener("popstate", () => { if (location.search !== address) find(); });

  looserPart.append(looser);
  panel.querySelector("fieldset").disabled = false;
  // The same width as in search.css.
  panel.open = matchMedia("(min-width: 64em)").matches;
  find();
}

const form = one("[data-search]");
if (form) setUp(form);
