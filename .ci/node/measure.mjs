// Runs Lighthouse over the addresses on the command line, one after another in one browser, and
// prints one report a line. CHROME_PATH names the browser, CHROME_FLAGS what it is started with.
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const chrome = await launch({ chromeFlags: process.env.CHROME_FLAGS.split(" ") });
try {
  for (const url of process.argv.slice(2)) {
    const settings = { port: chrome.port, logLevel: "error", disableFullPageScreenshot: true };
    const result = await lighthouse(url, settings);
    process.stdout.write(`${JSON.stringify(result.lhr)}\n`);
  }
} finally {
  chrome.kill();
}
