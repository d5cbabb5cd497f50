import { writeSync } from "node:fs";
import type { Reporter, TestModule } from "vitest/node";

/**
 * Prints `N passed, N failed`, the line that CI reads, from the runner's own results. A file that does not load, a
 * suite whose hook throws and an error outside any test are failures too, though no test of theirs is red. Printed on
 * leaving, when the servers that tests used have said their last word; then it is the last line.
 */
export class ClosingLine implements Reporter {
  #passed = 0;
  #failed = 0;
  #ended = false;

  onInit(): void {
    process.once("exit", (code) => {
      const failed = this.#failed || Number(code !== 0 || !this.#ended);
      writeSync(1, `\n${this.#passed} passed, ${failed} failed\n`);
    });
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    this.#ended = modules.length > 0;
    this.#passed = 0;
    this.#failed = unhandled.length;
    for (const module of modules) this.#count(module);
  }

  #count(module: TestModule): void {
    const states = [...module.children.allTests()].map((test) => test.result().state);
    const suites = [...module.children.allSuites()].flatMap((suite) => suite.errors());
    const failed = states.filter((state) => state !== "passed" && state !== "skipped").length;
    const broken = failed + suites.length + module.errors().length;
    this.#passed += states.filter((state) => state === "passed").length;
    this.#failed += broken || Number(!module.ok());
  }
}
