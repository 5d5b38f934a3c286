import { failed, ok, type Result, unavailable } from "#kernel";

/** What the index or the disk throws is a problem that passes. Problems: unavailable `images-unavailable`. */
export async function attempt<T>(work: () => Promise<T>): Promise<Result<T>> {
  try {
    return ok(await work());
  } catch (error) {
    return failed(unavailable("images-unavailable", "The image archive does not answer. Try again.", { cause: error }));
  }
}
