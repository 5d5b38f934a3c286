import type { BulkJob, JobFile } from "./job.ts";

/**
 * What a finished job made, and where it is fetched. For an import it says what became of each file.
 * Source: Bulk Data Access 2.0 (complete status response).
 */
export function manifestOf(id: string, { at, request, base, files, task, position }: BulkJob): object {
  const output = ({ name, type, count }: JobFile) => ({ type, url: `${base}/$bulk/${id}/${name}`, count });
  const made = {
    transactionTime: at,
    request,
    requiresAccessToken: true,
    output: files.filter(({ isErrors }) => isErrors !== true).map(output),
    error: files.filter(({ isErrors }) => isErrors === true).map(output),
  };
  if (task.does === "export") {
    const { deidentified } = task.order;
    return { ...made, extension: { position, ...(deidentified === undefined ? {} : { deidentified }) } };
  }
  const { written, unchanged, refused, sources } = task;
  const inputs = sources.map(({ name, type }) => ({ name, type }));
  return { ...made, extension: { inputs, written, unchanged, refused } };
}
