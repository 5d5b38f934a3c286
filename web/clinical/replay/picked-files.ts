import type { ConfigurationFile } from "#departments/clinical/api";

export interface ReadFiles {
  readonly files: readonly ConfigurationFile[];
  /** One sentence each. */
  readonly problems: readonly string[];
}

/** What a browser gives of a file. */
type Picked = Pick<File, "name" | "text" | "arrayBuffer"> & { readonly webkitRelativePath?: string };

const folders = ["links", "destinations", "mappings", "codes", "golden"];

/** The files of a folder of links that somebody has picked: JSON as it stands, golden messages byte for byte. */
export async function filesOf(picked: readonly Picked[]): Promise<ReadFiles> {
  const files: ConfigurationFile[] = [];
  const problems: string[] = [];
  for (const file of picked) {
    const path = pathOf(file);
    if (path === undefined) continue;
    if (path.endsWith(".ts")) problems.push(`${path} is a program: check it with “corridor links shadow FOLDER”.`);
    else if (path.endsWith(".hl7")) files.push({ path, base64: base64Of(new Uint8Array(await file.arrayBuffer())) });
    else {
      const json = parsed(await file.text());
      if (json === undefined) problems.push(`${path} is not JSON.`);
      else files.push({ path, json: json as never });
    }
  }
  const isEmpty = picked.length > 0 && files.length === 0 && problems.length === 0;
  return { files, problems: isEmpty ? [`There is none of ${folders.join(", ")} in that folder.`] : problems };
}

/** `links/lab.json` of `trust/links/lab.json`; undefined for what is no file of links. */
function pathOf({ name, webkitRelativePath = "" }: Picked): string | undefined {
  const steps = (webkitRelativePath || name).split("/");
  const from = steps.findIndex((step, at) => folders.includes(step) && at < steps.length - 1);
  return from === -1 || !/\.(json|ts|hl7)$/.test(name) ? undefined : steps.slice(from).join("/");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function base64Of(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}
