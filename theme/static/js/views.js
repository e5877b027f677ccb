// How often an article was read, and what is read most: small files that the `views` task made from
// access logs. reading.js loads this when the page is complete. Whatever is missing stays unsaid.
const get = async (url) => {
  const answer = await fetch(url);
  return answer.ok ? answer.json() : null;
};
const number = (n) => n.toLocaleString("zh-CN");
const say = (place, text) => { place.textContent = place.textContent.replace("{}", text); };

async function showCount(place) {
  const counts = await get(place.dataset.counts);
  const count = counts?.[decodeURI(location.pathname)];
  if (!count) return;
  place.textContent = `阅读：${number(count)}次`;
  place.hidden = false;
}

// Under the fold only: nothing that a reader looks at may move.
function whenOutOfSight(place, show) {
  new IntersectionObserver(([entry], observer) => {
    if (entry.isIntersecting || entry.boundingClientRect.top < 0) return;
    observer.disconnect();
    show();
  }).observe(place);
}

async function showHot(template) {
  const lists = await get(template.dataset.hot);
  const part = (name) => template.content.querySelector(`[data-${name}]`).cloneNode(true);
  const rows = ({ url, title, n }) => {
    const row = part("item");
    const link = row.querySelector("a");
    link.href = url;
    link.textContent = title;
    say(row.lastChild, number(n));
    return row;
  };
  const blocks = Object.entries(lists ?? {}).filter(([, articles]) => articles.length).map(([days, articles]) => {
    const block = part("list");
    say(block.querySelector("[data-title]"), days);
    block.querySelector("ol").append(...articles.map(rows));
    return block;
  });
  if (!blocks.length) return;
  const whole = part("lists");
  whole.append(...blocks);
  whenOutOfSight(document.querySelector("footer"), () => template.replaceWith(whole));
}

const quiet = () => { /* offline, or no counts yet */ };
document.querySelectorAll("[data-counts]").forEach((place) => showCount(place).catch(quiet));
document.querySelectorAll("[data-hot]").forEach((template) => showHot(template).catch(quiet));
