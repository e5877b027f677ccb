// 文件库: filters every policy document as the reader chooses and types. Without this file, or when
// its data cannot be read, the lists by issuer, year, kind, subject and validity stand as they are.
// The data: policysite/outputs/library_index.py.

const PAGE = 50;
const FIRST = 0x80;
const NUMBER = /^(?<agency>[\u4e00-\u9fff（）]*?)\s*(?:[〔[［（(【]\s*(?<year>(?:19|20)\d{2})\s*[〕\]］）)】]\s*)?(?:第?\s*(?<number>\d{1,5})\s*号?)?$/u;

const plain = (text) => text.trim().toLowerCase()
  .replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));

// What of a 发文字号 is written: 12, 〔2026〕12, 总工发12, 示总工发〔2026〕12号. Null for other text.
export function parseNumber(text) {
  const { agency, year, number } = plain(text).match(NUMBER)?.groups ?? {};
  if (!year && !number || number && !Number(number)) return null;
  return { agency, year: Number(year ?? 0), number: Number(number ?? 0) };
}

// Every word has to be met: by the 发文字号 that it is, or by title and 发文字号 as text. A number
// of up to three digits is a 发文字号 only, or 12 would find 12351 and 2012年.
export function compile(query) {
  const tests = plain(query).split(/\s+/).filter(Boolean).map((word) => {
    const wanted = parseNumber(word);
    const isShort = /^\d{1,3}$/.test(word);
    return (row) => (wanted !== null && row.agency.includes(wanted.agency)
      && (!wanted.year || wanted.year === row.year)
      && (!wanted.number || wanted.number === row.number))
      || (!isShort && row.text.includes(word));
  });
  return (row) => tests.every((test) => test(row));
}

function at(table, place) {
  if (table[place] === undefined) throw new RangeError("library data: no such entry");
  return table[place];
}

// Returns one object for each document, newest first; throws where the data is not whole.
export function decode(data) {
  if (data.version !== 1) throw new RangeError("library data: unknown version");
  const spell = (text, words) => text.split("|").map((entry) => (
    entry.replace(/[\u0080-\u07ff]/g, (code) => at(words, code.charCodeAt(0) - FIRST))));
  const titles = spell(data.titles, data.words);
  const slugs = spell(data.slugs, data.parts);
  const last = {};
  let time = Date.parse(data.newest);
  return Array.from({ length: data.count }, (_, n) => {
    time -= at(data.days, n) * 864e5;
    const date = new Date(time).toISOString().slice(0, 10);
    const series = at(data.in_series, n);
    const [agency, year] = at(data.series, series);
    const number = last[series] = (last[series] ?? 0) + at(data.numbers, n);
    const [state, label, tone] = at(data.states, at(data.in_state, n));
    const title = at(titles, n);
    const printed = number ? `${agency}〔${year}〕${number}号` : "";
    return {
      title, date, agency, number, label, tone, printed,
      url: `/${date.slice(0, 4)}/${at(slugs, n)}.html`,
      text: plain(`${title} ${printed}`),
      year: number ? year : 0,
      values: {
        year: [date.slice(0, 4)],
        state: [state],
        issuer: at(data.issuers, at(data.in_issuer, n)),
        kind: at(data.kinds, at(data.in_kind, n)),
        subject: at(data.subjects, at(data.in_subject, n)),
      },
    };
  });
}

function setUp(form) {
  const one = (selector) => document.querySelector(selector);
  const list = one("[data-results] ul");
  const more = one("[data-more]");
  const status = one("[data-status]");
  const fields = [...form.querySelectorAll("[name]")];
  let rows = [];
  let loading = null;

  const load = () => {
    loading ??= fetch(form.dataset.library).then((answer) => {
      if (!answer.ok) throw new Error(answer.status);
      return answer.json();
    }).then(decode);
    return loading;
  };

  const item = (row) => {
    const copy = one("[data-row]").content.cloneNode(true);
    const fill = (name, text) => {
      const part = copy.querySelector(`[data-${name}]`);
      part.removeAttribute(`data-${name}`);
      if (text) part.textContent = text; else part.remove();
      return part;
    };
    fill("title", row.title).href = row.url;
    fill("number", row.printed);
    fill("label", row.label).classList.add(`validity-tag--${row.tone}`);
    fill("date", row.date).dateTime = row.date;
    return copy;
  };

  const append = () => {
    const shown = list.children.length;
    list.append(...rows.slice(shown, shown + PAGE).map(item));
    more.hidden = list.children.length >= rows.length;
    return list.children[shown];
  };

  const remember = () => {
    const state = new URLSearchParams();
    fields.forEach(({ name, value }) => { if (value.trim()) state.set(name, value.trim()); });
    const query = String(state);
    history.replaceState(null, "", query ? `?${query}` : location.pathname);
    const text = state.get("q");
    const fulltext = one("[data-fulltext]");
    if (fulltext) fulltext.search = text ? new URLSearchParams({ q: text }) : "";
  };

  const filter = (documents) => {
    const chosen = fields.filter((field) => field.value && field.tagName === "SELECT" && field.name !== "sort");
    const matches = compile(form.elements.q.value);
    rows = documents.filter((row) => chosen.every(({ name, value }) => row.values[name].includes(value)) && matches(row));
    if (form.elements.sort.value) rows.reverse();
    one("[data-heading]").textContent = "查找结果";
    list.replaceChildren();
    append();
    status.textContent = rows.length ? `找到${rows.length}份文件。` : form.dataset.nothing;
  };

  const show = () => load().then(filter, () => {
    loading = null; // the next try may do better
    status.textContent = form.dataset.broken;
  });

  const update = () => {
    remember();
    return show();
  };

  form.addEventListener("input", (event) => { if (!event.isComposing) update(); });
  form.addEventListener("compositionend", update);
  form.addEventListener("focusin", () => load().catch(() => { loading = null; }), { once: true });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    update().then(() => list.querySelector("a")?.focus());
  });
  one("[data-clear]").addEventListener("click", () => {
    fields.forEach((field) => { field.value = ""; });
    form.elements.q.focus();
    update();
  });
  more.addEventListener("click", () => {
    if (rows.length) return append()?.querySelector("a").focus();
    const shown = list.children.length;
    return show().then(() => list.children[shown]?.querySelector("a").focus());
  });

  const state = new URLSearchParams(location.search);
  fields.forEach((field) => {
    field.value = state.get(field.name) ?? "";
    if (field.tagName === "SELECT" && field.selectedIndex < 0) field.value = "";
  });
  form.querySelector("fieldset").disabled = false;
  more.hidden = list.children.length >= Number(form.dataset.count);
  if (fields.some((field) => field.value)) show();
}

const form = document.querySelector("[data-library]");
if (form) setUp(form);
