/**
 * Every file of pydicom's collection stored by C-STORE, sent on to DCMTK's storescp by C-MOVE and fetched by WADO-RS: the same
 * data set, the patient's name as dcmdump reads it, or refused with a reason. `npm run conformance -- image-archive`.
 */
import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { workerActor } from "#access";
import { expectOk } from "#kernel";
import { runCommand } from "../command.ts";
import { testData } from "../data.ts";
import { freePort, listening } from "../doors/dcmtk.ts";
import { tryAssociation } from "../doors/dimse.ts";
import { type AnArchive, anArchive, whenKnown } from "../doors/dimse-archive.ts";
import { readCase } from "./image-archive-trial/case.ts";
import { type ArchiveDoors, tryFile } from "./image-archive-trial/try-file.ts";
import type { SuiteResult } from "./suite.ts";

const noStudy = /409.*\(0020,000D\): The object has no StudyInstanceUID/;
const noClass = /409.*\(0008,0016\): The object has no SOPClassUID/;
const notOne = /409.*It is no DICOM file/;

/** What is refused, and the words in which the archive says why. */
const refused: Readonly<Record<string, RegExp>> = {
  "test_files/JPEGLSNearLossless_08.dcm": noStudy,
  "test_files/JPEGLSNearLossless_16.dcm": noStudy,
  "test_files/SC_rgb_jls_lossy_line.dcm": noStudy,
  "test_files/SC_rgb_jls_lossy_sample.dcm": noStudy,
  "test_files/UN_sequence.dcm": noClass,
  "test_files/empty_charset_LEI.dcm": noClass,
  "test_files/meta_missing_tsyntax.dcm": noClass,
  "test_files/nested_priv_SQ.dcm": noClass,
  "test_files/no_meta_group_length.dcm": noClass,
  "test_files/priv_SQ.dcm": noClass,
  "test_files/rtdose_rle.dcm": noClass,
  "test_files/rtdose_rle_1frame.dcm": noClass,
  "charset_files/chrSQEncoding.dcm": noClass,
  "charset_files/chrSQEncoding1.dcm": noClass,
  "test_files/dicomdirtests/DICOMDIR": noClass,
  "test_files/dicomdirtests/DICOMDIR-bigEnd": noClass,
  "test_files/dicomdirtests/DICOMDIR-empty.dcm": noClass,
  "test_files/dicomdirtests/DICOMDIR-implicit": noClass,
  "test_files/dicomdirtests/DICOMDIR-nooffset": noClass,
  "test_files/dicomdirtests/DICOMDIR-nopatient": noClass,
  "test_files/dicomdirtests/DICOMDIR-reordered": noClass,
  "test_files/no_meta.dcm": notOne,
  "test_files/zipMR.gz": notOne,
  // Cut off within a value; kept as it came, and storescp ends the association as soon as it meets the end.
  "test_files/rtplan_truncated.dcm": /C-MOVE a702H/,
};

const notDicom = /\.(?:txt|json|icc|dump)$/;
const storescp = "/usr/bin/storescp";

export async function run(): Promise<SuiteResult> {
  const data = testData("dicom");
  const skip = data.skip !== false ? data.skip : existsSync(storescp) ? undefined : "DCMTK is not here";
  if (skip !== undefined) return { passed: 0, total: 0, excluded: 0, failures: [skip] };
  const closing: (() => unknown)[] = [];
  try {
    const doors = await openDoors({ after: (close) => void closing.push(close as () => unknown) });
    const all = await readdir(data.path, { recursive: true, withFileTypes: true });
    const files = all.filter((entry) => entry.isFile() && !notDicom.test(entry.name));
    const failures: string[] = [];
    let excluded = 0;
    for (const entry of files) {
      const path = join(entry.parentPath, entry.name);
      const name = relative(data.path, path);
      const fault = await tryFile(doors, await readCase(path));
      const reason = refused[name];
      if (reason === undefined && fault !== undefined) failures.push(`${name}: ${fault}`);
      else if (reason?.test(fault ?? "")) excluded += 1;
      else if (reason !== undefined)
        failures.push(`${name}: is to be refused with ${reason}, and: ${fault ?? "passes"}`);
    }
    return { passed: files.length - failures.length - excluded, total: files.length, excluded, failures };
  } finally {
    for (const close of closing.reverse()) await close();
  }
}

type Closing = Parameters<typeof listening>[0];

async function openDoors(t: Closing): Promise<ArchiveDoors> {
  const folder = await mkdtemp(join(tmpdir(), "corridor-image-archive-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const sinkFolder = await mkdtemp(join(tmpdir(), "corridor-sink-"));
  t.after(() => rm(sinkFolder, { recursive: true, force: true }));
  const sinkPort = await freePort();
  await listening(t, storescp, ["+B", "+xa", "-pm", "-dhl", "-aet", "SINK", "-od", sinkFolder, String(sinkPort)]);
  const environment = { CORRIDOR_DATA: join(folder, "data") };
  const nodes = [
    { aeTitle: "WARD3", mayStore: true, mayFind: true, mayRetrieve: true },
    { aeTitle: "SINK", port: sinkPort },
  ];
  const archive: AnArchive = await anArchive(nodes, environment);
  t.after(() => archive.stop());
  const words = ["token", "--scope", "system/*.cruds corridor/images.keep", "--ttl", "1h"];
  const token = (await runCommand(words, environment)).out.trim();
  const { images } = archive.access.contextOf(workerActor("image-archive-trial"));
  const keeping = expectOk(images.keeping);
  await (await whenKnown(() => tryAssociation({ port: archive.port }))).release();
  return {
    port: archive.port,
    base: `${archive.addresses.http}/dicomweb`,
    token,
    sinkFolder,
    forget: async (study) => void expectOk(await keeping.remove({ study })),
  };
}
