// Checks every page of the built program: node check.mjs PROGRAM MODEL CHROMIUM. See run.
import puppeteer from "puppeteer-core";
import { htmlProblems } from "./nu.mjs";
import { scores } from "./lighthouse.mjs";
import { pages } from "./pages.mjs";
import { introduce } from "./people.mjs";
import { startSite } from "./site.mjs";
import { visit } from "./visit.mjs";

const [program, model, chromium, only] = process.argv.slice(2);
const began = Date.now();
const problems = [];
const report = (where, found) => problems.push(...found.map((problem) => `${where}: ${problem}`));

const site = await startSite(program, model);
const browser = await puppeteer.launch({ executablePath: chromium, args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"] });
const documents = {};
let summary = "";
try {
  const { contexts, found } = await introduce(browser, site.origin);
  const queue = pages(found).filter((page) => !only || new RegExp(only).test(page.path));
  const work = async () => {
    for (let page = queue.shift(); page; page = queue.shift()) {
      const name = `${page.path} (${page.as}${page.name ? `, ${page.name}` : ""})`;
      try {
        const seen = await visit(contexts[page.as], site.origin, page);
        documents[name] = seen.html;
        report(name, seen.problems);
      } catch (error) {
        report(name, [error.stack]);
      }
    }
  };
  await Promise.all([work(), work()]);
  report("HTML", await htmlProblems(documents));
  for (const path of only ? [] : ["/", "/anunturi/", found.withPhotos]) {
    const { best, problems } = await scores(site.origin + path, new URL(browser.wsEndpoint()).port);
    summary += `, ${path.split("/")[1] || "acasa"} ${Object.values(best).join("/")}`;
    report(`Lighthouse ${path}`, problems);
  }
} finally {
  await browser.close();
  await site.stop();
}

problems.forEach((problem) => console.error(problem));
const seconds = Math.round((Date.now() - began) / 1000);
console.log(`pages: ${Object.keys(documents).length} checked${summary ? `; Lighthouse${summary.slice(1)}` : ""}; ${problems.length} problems; ${seconds} s`);
process.exitCode = problems.length ? 1 : 0;
