import type { Reporter, TestModule } from "vitest/node";

/**
 * Prints `N passed, N failed`, the line that CI reads, from the runner's own results. A file that does not load, a
 * suite whose hook throws and an error outside any test are failures too, though no test of theirs is red.
 */
export class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    let passed = 0;
    let failed = unhandled.length;
    for (const module of modules) {
      const failedBefore = failed;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === "passed") passed++;
        else if (state !== "skipped") failed++;
      }
      failed += module.errors().length;
      for (const suite of module.children.allSuites()) failed += suite.errors().length;
      if (!module.ok() && failed === failedBefore) failed++;
    }
    if (modules.length === 0) failed++;
    console.log(`\n${passed} passed, ${failed} failed`);
  }
}
