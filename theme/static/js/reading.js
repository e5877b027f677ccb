// Reading aids, all optional: without this file every page still reads and every link works.
// Type size, simple page and contrast live in localStorage under reading-<name>;
// templates/partials/preferences.html sets them before first paint.
(() => {
  const root = document.documentElement;
  const all = (selector) => [...document.querySelectorAll(selector)];
  const one = (selector) => document.querySelector(selector);

  // A browser may refuse storage altogether; the choice then lasts for this page.
  const store = (name, value) => {
    try {
      if (value) localStorage.setItem(`reading-${name}`, value);
      else localStorage.removeItem(`reading-${name}`);
    } catch { /* refused */ }
  };

  function setUpPreferences() {
    const buttons = all("[data-preference]");
    const show = () => buttons.forEach((button) => {
      const { preference, value } = button.dataset;
      button.setAttribute("aria-pressed", String((root.dataset[preference] ?? "") === value));
    });
    buttons.forEach((button) => button.addEventListener("click", () => {
      const { preference, value } = button.dataset;
      const chosen = root.dataset[preference] === value ? "" : value;
      if (chosen) root.dataset[preference] = chosen;
      else delete root.dataset[preference];
      store(preference, chosen);
      show();
    }));
    show();
    all("[data-reading-tools]").forEach((tools) => { tools.hidden = false; });
  }

  // Header panels close on Escape and on a click elsewhere.
  function setUpPanels() {
    const panels = all(".site-header details");
    const closeOthers = (kept) => panels.forEach((panel) => { if (panel !== kept) panel.open = false; });
    document.addEventListener("click", (event) => closeOthers(event.target.closest(".site-header details")));
    document.addEventListener("keydown", (event) => {
      const panel = event.key === "Escape" && panels.find((each) => each.open);
      if (!panel) return;
      panel.open = false;
      panel.querySelector("summary").focus();
    });
  }

  // The same width as in layout.css puts the contents beside the text.
  function setUpContents() {
    const contents = one("[data-toc]");
    if (contents) contents.open = matchMedia("(min-width: 64em)").matches;
  }

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const field = document.createElement("textarea");
      field.value = text;
      document.body.append(field);
      field.select();
      document.execCommand("copy"); // WebViews and http pages without the Clipboard API
      field.remove();
    }
  }

  function setUpSharing() {
    const share = one("[data-cite]");
    if (!share) return;
    const { cite, url } = share.dataset;
    const status = share.querySelector("[data-status]");
    const say = (text) => { status.textContent = text; };
    share.querySelectorAll("[data-copy]").forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", () => copy(button.dataset.copy).then(() => say("已复制。")));
    });
    share.querySelectorAll("[data-share]").forEach((button) => {
      button.hidden = !navigator.share;
      button.addEventListener("click", () => {
        navigator.share({ title: button.dataset.share, url }).catch(() => { /* reader changed their mind */ });
      });
    });
    // 第十二条 and （三） become links to themselves that copy 《标题》（文号）第十二条第三项 with its
    // address. A 款 has no number: its link is a sign in the indent.
    all(".document p[id^=t]").forEach((block) => {
      const name = nameClause(block.id);
      if (!name) return;
      const link = document.createElement("a");
      const number = numberOf(block);
      link.href = `#${block.id}`;
      link.title = `复制${name}的引用和网址`;
      if (number) {
        link.append(...number.childNodes);
        number.append(link);
      } else {
        link.className = "cite";
        link.setAttribute("aria-label", link.title);
        block.prepend(link);
      }
      link.addEventListener("click", () => {
        copy(`${cite}${name} ${url}${link.hash}`).then(() => {
          all(".is-copied").forEach((other) => other.classList.remove("is-copied"));
          (number ?? block).classList.add("is-copied");
          say(`已复制${name}的引用和网址。`);
        });
      });
    });
  }

  // t12-2-3 is 第十二条第二款第三项, without 第一款 where there is no second: see text/clauses.py.
  function nameClause(id) {
    const [, clause, paragraph, item] = /^(t\d+(?:z\d+)?(?:-[a-z])?)(?:-(\d+))?(?:-(\d+))?$/.exec(id) ?? [];
    const label = clause && document.getElementById(clause)?.querySelector(".clause__number")?.textContent;
    if (!label) return "";
    const digits = ["", ..."一二三四五六七八九"];
    const count = (n) => `${n > 19 ? digits[Math.floor(n / 10)] : ""}${n > 9 ? "十" : ""}${digits[n % 10]}`;
    const named = paragraph && (!item || document.getElementById(`${clause}-2`));
    return `${label}${named ? `第${count(paragraph)}款` : ""}${item ? `第${count(item)}项` : ""}`;
  }

  function numberOf(block) {
    const text = block.firstChild;
    const length = text?.data?.match(/^[（(].+?[）)]/)?.[0].length;
    if (!block.classList.contains("item") || !length) return block.querySelector(".clause__number");
    const number = document.createElement("span");
    number.className = "clause__number";
    text.splitText(length);
    text.replaceWith(number);
    number.append(text);
    return number;
  }

  // Read block by block: engines drop long utterances, and 停止 can resume where it stopped.
  function setUpSpeech() {
    const button = one("[data-speech]");
    const text = one("[data-document]");
    if (!button || !text || !window.speechSynthesis) return;
    const label = button.querySelector("[data-label]");
    const blocks = [...text.querySelectorAll("h2, h3, h4, h5, p, li, figcaption, tr")].filter((block) => !block.querySelector("p"));
    let place = 0;
    let speaking = false;
    const stop = () => {
      speaking = false;
      speechSynthesis.cancel();
      blocks[place]?.classList.remove("is-spoken");
      label.textContent = place ? button.dataset.resume : button.dataset.start;
    };
    const speak = () => {
      const block = blocks[place];
      if (!block) { place = 0; return stop(); }
      const utterance = new SpeechSynthesisUtterance(block.innerText);
      utterance.lang = "zh-CN";
      utterance.onend = () => {
        if (!speaking) return;
        block.classList.remove("is-spoken");
        place += 1;
        speak();
      };
      block.classList.add("is-spoken");
      speechSynthesis.speak(utterance);
    };
    button.addEventListener("click", () => {
      if (speaking) return stop();
      speaking = true;
      label.textContent = button.dataset.stop;
      speak();
    });
    addEventListener("pagehide", () => speechSynthesis.cancel());
    button.hidden = false;
  }

  // Suggestions come with the first touch of the box: without them it is a form like any other.
  function setUpSearch() {
    const form = one(".site-search");
    form?.addEventListener("focusin", () => {
      import("js/search-box.js").then(({ suggest }) => suggest(form)).catch(() => { /* only suggests */ });
    }, { once: true });
  }

  function setUpPrinting() {
    addEventListener("beforeprint", () => all("[data-printed]").forEach((line) => {
      line.hidden = false;
      line.querySelector("[data-printed-at]").textContent = new Date().toLocaleString("zh-CN");
    }));
  }

  // Counts come when everything else is there and the browser is idle, or two seconds later: headless
  // Chromium never called some pages idle, and their counts stayed away. Safari knows no idleness;
  // its setTimeout takes the options for no delay at all.
  function setUpViews() {
    const place = one("[data-views]");
    const show = () => import(place.dataset.views).catch(() => { /* only counts */ });
    const later = window.requestIdleCallback ?? setTimeout;
    if (place) addEventListener("load", () => later(show, { timeout: 2000 }));
  }

  [setUpPreferences, setUpPanels, setUpContents, setUpSharing, setUpSpeech, setUpSearch, setUpPrinting, setUpViews].forEach((setUp) => setUp());
})();
