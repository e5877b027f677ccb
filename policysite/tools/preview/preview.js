// Keeps a page of the preview up to date, and shows what is wrong with the file just saved.
(() => {
  const me = document.currentScript;
  const place = "preview-scroll";
  const kept = JSON.parse(sessionStorage.getItem(place) || "null");
  sessionStorage.removeItem(place);
  const back = () => {
    if (kept && kept.path === location.pathname) scrollTo(0, kept.y);
    history.scrollRestoration = "auto";
  };
  // Before anything is seen, and again when pictures and late styles have come.
  back();
  addEventListener("load", back, { once: true });

  const update = async () => {
    const answer = await fetch(location.href, { method: "HEAD", cache: "no-store" });
    if ((answer.headers.get("ETag") || "") !== me.dataset.version) reload();
  };
  const reload = () => {
    sessionStorage.setItem(place, JSON.stringify({ path: location.pathname, y: scrollY }));
    // The browser's own way goes by what stood at the top, which may be what was changed.
    history.scrollRestoration = "manual";
    location.reload();
  };

  const panel = document.createElement("aside");
  panel.className = "preview-panel";
  panel.setAttribute("aria-label", "预览：检查结果");
  panel.setAttribute("role", "status");
  const show = (findings) => {
    panel.replaceChildren();
    if (!findings.length) return panel.remove();
    const wrong = findings.some((finding) => finding.level === "error");
    panel.classList.toggle("preview-panel--wrong", wrong);
    const title = document.createElement("p");
    title.className = "preview-panel__title";
    title.textContent = wrong ? "有错误，网站没有更新。改好后保存，这里会自动消失。" : "可以发布，但请再看一看：";
    const list = document.createElement("ul");
    list.className = "preview-panel__list";
    for (const finding of findings) {
      const row = document.createElement("li");
      row.className = `preview-panel__row preview-panel__row--${finding.level}`;
      row.textContent = finding.text;
      list.append(row);
    }
    const close = document.createElement("button");
    close.type = "button";
    close.className = "preview-panel__close";
    close.textContent = "收起";
    close.addEventListener("click", () => panel.remove());
    panel.append(close, title, list);
    document.body.append(panel);
  };

  let news;
  const listen = () => {
    news?.close();
    if (document.hidden) return;
    news = new EventSource("/__preview/news");
    news.addEventListener("findings", (event) => show(JSON.parse(event.data)));
    news.addEventListener("page", (event) => {
      if (JSON.parse(event.data) === location.pathname) reload();
    });
    news.addEventListener("changed", update);
    // What changed while the preview was away, or nobody looked.
    news.addEventListener("open", update);
  };
  listen();
  // A browser has six connections for all its tabs: the seventh that listened would never open.
  document.addEventListener("visibilitychange", listen);
})();
