import type { ConfigurationFile } from "#departments/clinical/api";
import { ScrollRegion } from "../../parts/scroll-region/scroll-region.tsx";

/** What every file says, as it was deployed: mappings, tables of codes and golden messages have no words of their own here. */
export function OtherFiles({ files }: { readonly files: readonly ConfigurationFile[] }) {
  return (
    <section className="set-up-list" aria-labelledby="set-up-files">
      <h2 id="set-up-files">Files as they were deployed</h2>
      {files.map((file) => (
        <details key={file.path} className="set-up-card set-up-file">
          <summary className="fixed-width">{file.path}</summary>
          <ScrollRegion className="set-up-text" label={file.path}>
            <pre className="fixed-width">{textOf(file)}</pre>
          </ScrollRegion>
        </details>
      ))}
    </section>
  );
}

/** Golden messages come as bytes, with a carriage return after each segment. */
function textOf(file: ConfigurationFile): string {
  if ("json" in file) return JSON.stringify(file.json, null, 2);
  const bytes = Uint8Array.from(atob(file.base64), (letter) => letter.charCodeAt(0));
  return new TextDecoder().decode(bytes).replaceAll(/\r\n?/g, "\n");
}
