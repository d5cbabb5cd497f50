import { writeSync } from "node:fs";
import type { Reporter, TestModule } from "vitest/node";

/**
 * Prints `N passed, N failed`, the line that CI reads, from the runner's own results. A file that does not load, a
 * suite whose hook throws and an error outside any test are failures too, though no test of theirs is red. Printed on
 * leaving, when the servers that tests used have said their last word; then it is the last line. Before it stand the
 * names of the tests that failed and passed when they were run again.
 */
export class ClosingLine implements Reporter {
  #passed = 0;
  #failed = 0;
  #ended = false;
  #uncertain: string[] = [];

  onInit(): void {
    process.once("exit", (code) => {
      if (this.#uncertain.length > 0) writeSync(1, `\nPassed only when run again:\n${this.#uncertain.join("\n")}\n`);
      const failed = this.#failed || Number(code !== 0 || !this.#ended);
      writeSync(1, `\n${this.#passed} passed, ${failed} failed\n`);
    });
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    this.#ended = modules.length > 0;
    this.#passed = 0;
    this.#uncertain = [];
    this.#failed = unhandled.length;
    for (const module of modules) this.#count(module);
  }

  #count(module: TestModule): void {
    const tests = [...module.children.allTests()];
    const states = tests.map((test) => test.result().state);
    const suites = [...module.children.allSuites()].flatMap((suite) => suite.errors());
    const failed = states.filter((state) => state !== "passed" && state !== "skipped").length;
    const broken = failed + suites.length + module.errors().length;
    this.#passed += states.filter((state) => state === "passed").length;
    this.#failed += broken || Number(!module.ok());
    for (const test of tests)
      if (test.diagnostic()?.flaky) this.#uncertain.push(`${module.relativeModuleId} > ${test.fullName}`);
  }
}
