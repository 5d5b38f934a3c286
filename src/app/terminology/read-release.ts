import { failed, incorrect, type Result } from "#kernel";
import {
  clamlRelease,
  csvReader,
  LoincRelease,
  type Release,
  type ReleaseNames,
  type Row,
  rf2Kind,
  rf2Kinds,
  rf2Version,
  SnomedRelease,
  tableRelease,
  tabReader,
} from "#standards/terminology";
import { filesAt, type ReleaseFile, readRows, wholeText } from "./release-files.ts";

export type ReadProgress = (done: number, total: number) => void;

/**
 * Reads a release of a code system, telling by the names of the files which it is: a SNOMED CT snapshot, LOINC, ClaML (`.xml`) or a
 * table (`.csv`). Problems: not-found `no-such-path`; incorrect `release-unknown`, `release-ambiguous`; those of the formats.
 */
export async function readRelease(path: string, names: ReleaseNames, progress: ReadProgress): Promise<Result<Release>> {
  const files = await filesAt(path);
  if (!files.ok) return files;
  const reading: Reading = { files: files.value, names, progress };
  if (files.value.some(({ name }) => rf2Kind(name) !== undefined)) return readSnomed(reading);
  if (files.value.some(({ name }) => isLoinc(name))) return readLoinc(reading);
  const [file, ...others] = files.value.filter(({ name }) => /\.(xml|csv)$/i.test(name));
  if (file === undefined) return failed(unknownRelease);
  if (others.length > 0) return failed(ambiguous);
  return /\.xml$/i.test(file.name) ? readClaml(file, names) : readTable(file, names);
}

const unknownRelease = incorrect(
  "release-unknown",
  "Nothing in it is a release: name the unpacked folder of SNOMED CT (RF2 snapshot) or LOINC, a ClaML file (.xml) or a table (.csv).",
);
const ambiguous = incorrect("release-ambiguous", "There are several files that could be a code system: name one.");

interface Reading {
  readonly files: readonly ReleaseFile[];
  readonly names: ReleaseNames;
  readonly progress: ReadProgress;
}

/** Tells how far several files are, taken together. */
function counter(files: readonly ReleaseFile[], progress: ReadProgress): (bytes: number) => void {
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  return (bytes) => {
    done += bytes;
    progress(done, total);
  };
}

async function readSnomed({ files, names, progress }: Reading): Promise<Result<Release>> {
  const release = new SnomedRelease();
  const ordered = rf2Kinds.flatMap((kind) =>
    files.filter(({ name }) => rf2Kind(name) === kind).map((file) => ({ kind, file })),
  );
  const read = counter(
    ordered.map(({ file }) => file),
    progress,
  );
  for (const { kind, file } of ordered) {
    const begin = (header: Row) => release.reader(kind, header);
    const done = await readRows({ file, reader: tabReader(), begin, read });
    if (!done.ok) return done;
  }
  const version = names.version ?? ordered.map(({ file }) => rf2Version(file.name)).find((one) => one !== undefined);
  return release.finish(version === undefined ? names : { ...names, version });
}

function isLoinc(name: string): boolean {
  return name === "Loinc.csv";
}

async function readLoinc({ files, names, progress }: Reading): Promise<Result<Release>> {
  const release = new LoincRelease();
  const terms = files.filter(({ name }) => isLoinc(name));
  const hierarchy = files.filter(({ name }) => name === "ComponentHierarchyBySystem.csv");
  const read = counter([...terms, ...hierarchy], progress);
  for (const file of [...terms, ...hierarchy]) {
    const begin = (header: Row) => (isLoinc(file.name) ? release.termReader(header) : release.hierarchyReader(header));
    const done = await readRows({ file, reader: csvReader(), begin, read });
    if (!done.ok) return done;
  }
  return release.finish(names);
}

async function readClaml(file: ReleaseFile, names: ReleaseNames): Promise<Result<Release>> {
  const text = await wholeText(file);
  return text.ok ? clamlRelease(text.value, names) : text;
}

async function readTable(file: ReleaseFile, names: ReleaseNames): Promise<Result<Release>> {
  const text = await wholeText(file);
  if (!text.ok) return text;
  const reader = csvReader();
  return tableRelease([...reader.push(text.value), ...reader.end()], names);
}
