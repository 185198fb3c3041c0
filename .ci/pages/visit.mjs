// Opens one page in both themes and says what is wrong with it: axe at both widths (in the dark only colours, the rest is the same),
// the console, foreign requests, layout shifts, sideways scrolling. It returns the HTML for the HTML checker.
import axe from "axe-core";

const widths = [360, 1280];
const everything = { rules: { "target-size": { enabled: true } }, resultTypes: ["violations"] };
const themes = { light: everything, dark: { runOnly: ["color-contrast", "link-in-text-block"], resultTypes: ["violations"] } };

export async function visit(context, origin, page) {
  const problems = [];
  let html = "";
  for (const theme of Object.keys(themes)) {
    const tab = await context.newPage();
    try {
      html = await look(tab, origin, page, theme, problems);
    } finally {
      await tab.close(); // one that stays open would keep others from being drawn
    }
  }
  return { html, problems: [...new Set(problems)] };
}

async function look(tab, origin, page, theme, problems) {
  await tab.emulateMediaFeatures([{ name: "prefers-reduced-motion", value: "reduce" }, { name: "prefers-color-scheme", value: theme }]);
  listen(tab, origin, page, problems);
  const answer = await open(tab, origin, page);
  if (answer.status !== (page.status ?? 200)) problems.push(`status ${answer.status}`);
  if (!page.grows) problems.push(...(await moved(tab, origin, page))); // what is being written pushes what follows
  for (const width of page.widths ?? widths) {
    await tab.setViewport({ width, height: 800 });
    await tab.evaluate(settled);
    const overflow = await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (overflow > 0) problems.push(`${width} px: ${overflow} px wider than the window`);
    problems.push(...(await accessibility(tab, themes[theme])).map((problem) => `${width} px ${theme}: ${problem}`));
  }
  return answer.html;
}

function listen(tab, origin, page, problems) {
  tab.on("console", (message) => {
    if (message.type() === "error" && !(page.status && message.text().includes(page.status))) problems.push(`console: ${message.text()}`);
  });
  tab.on("pageerror", (error) => problems.push(`script: ${error.message}`));
  tab.on("request", (request) => {
    if (!request.url().startsWith(origin) && !/^(data|blob):/.test(request.url())) problems.push(`foreign request: ${request.url()}`);
  });
}

// open does what the page asks for and returns the last document that came.
async function open(tab, origin, page) {
  const documents = [];
  tab.on("response", (response) => {
    if (!response.request().isNavigationRequest() || [301, 302, 303].includes(response.status())) return;
    documents.push(response.text().then((html) => ({ html, status: response.status() })));
  });
  await tab.setCacheEnabled(false);
  await tab.setViewport({ width: (page.widths ?? widths)[0], height: 800 });
  await tab.goto(origin + page.path);
  await page.act?.(tab);
  return (await Promise.all(documents)).at(-1);
}

// moved returns what moves each time that the page is opened: a busy machine may show it while it is still being read.
async function moved(tab, origin, page) {
  let found = await tab.evaluate(shifts);
  for (let more = 2; found.length && more; more--) {
    await open(tab, origin, page);
    found = await tab.evaluate(shifts);
  }
  return found;
}

// settled waits, in the page, until new styles have taken effect.
async function settled() {
  await document.fonts.ready;
  await new Promise(requestAnimationFrame);
  await Promise.allSettled(document.getAnimations().map((animation) => animation.finished));
}

// shifts returns, from within the page, what moved without being asked to. Less than a thousandth of the window no eye sees.
async function shifts() {
  await document.fonts.ready;
  const moved = [];
  const watch = (list) => moved.push(...list.getEntries().filter((entry) => !entry.hadRecentInput && entry.value >= 0.001));
  new PerformanceObserver(watch).observe({ type: "layout-shift", buffered: true });
  await new Promise((resolve) => setTimeout(resolve, 100));
  return moved.map((entry) => `layout shift ${entry.value.toFixed(4)} of ${entry.sources.map(({ node }) => node?.className || node?.nodeName).join(", ")}`);
}

async function accessibility(tab, options) {
  await tab.evaluate(axe.source);
  const violations = await tab.evaluate((options) => window.axe.run(document, options).then((result) => result.violations), options);
  return violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target.join(" ")}: ${node.failureSummary.replaceAll("\n", " ")}`));
}
