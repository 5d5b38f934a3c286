import type { ConfigurationFile } from "#departments/clinical/api";
import { type LeafChange, leafChanges } from "./leaf-changes.ts";

interface ChangesProps {
  readonly before: readonly ConfigurationFile[];
  readonly after: readonly ConfigurationFile[];
  /** Of the files that differ. */
  readonly paths: readonly string[];
}

/** What would be different from what runs now. */
export function Changes({ before, after, paths }: ChangesProps) {
  return (
    <section className="worklist-part" aria-labelledby="edit-changes">
      <h2 id="edit-changes">Different from what runs now</h2>
      {paths.length === 0 ? <p className="quiet">Nothing yet.</p> : null}
      {paths.map((path) => (
        <div key={path} className="edit-change">
          <h3 className="fixed-width">{path}</h3>
          <FileChange before={fileAt(before, path)} after={fileAt(after, path)} />
        </div>
      ))}
    </section>
  );
}

interface FileChangeProps {
  readonly before: ConfigurationFile | undefined;
  readonly after: ConfigurationFile | undefined;
}

function FileChange({ before, after }: FileChangeProps) {
  if (after === undefined) return <p>Taken out.</p>;
  const isJson = "json" in after && (before === undefined || "json" in before);
  if (!isJson) return <p>{before === undefined ? "New." : "Changed."}</p>;
  const then = before !== undefined && "json" in before ? before.json : {};
  return (
    <dl className="edit-leaves">
      {leafChanges(then, after.json).map((change) => (
        <Leaf key={change.place} change={change} />
      ))}
    </dl>
  );
}

function Leaf({ change: { place, before, after } }: { readonly change: LeafChange }) {
  return (
    <div>
      <dt className="fixed-width">{place}</dt>
      <dd>
        {before === undefined ? null : <del>{before}</del>} {after === undefined ? null : <ins>{after}</ins>}
      </dd>
    </div>
  );
}

function fileAt(files: readonly ConfigurationFile[], path: string): ConfigurationFile | undefined {
  return files.find((file) => file.path === path);
}
