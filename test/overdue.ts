/**
 * Loaded before each file of tests by `test/run.ts`. The runner ends a test that takes too long, but waits for ever for a
 * file whose tests are over and which has left something open: such a file ends itself, and says what it was.
 */
const overdueAfterMs = 5 * 60_000;

if (process.env.NODE_TEST_CONTEXT !== undefined) {
  setTimeout(() => {
    const open = process.getActiveResourcesInfo().join(", ");
    console.error(`${process.argv[1]} has not ended within ${overdueAfterMs / 60_000} minutes; still open: ${open}`);
    process.exit(1);
  }, overdueAfterMs).unref();
}
