import type { RunView } from "#departments/clinical/api";
import { countOf, formatCount } from "../../parts/format/numbers.ts";
import { Tag } from "../../parts/tag/tag.tsx";
import "../../parts/table/table.css";

type Comparison = NonNullable<RunView["comparison"]>;
type Mismatch = Comparison["mismatches"][number];

/** What came out, and each message that is not as expected with the fields that differ. */
export function MismatchList({ comparison }: { readonly comparison: Comparison }) {
  const { expected, received, equal, different, missing, unexpected, mismatches } = comparison;
  const hidden = different + missing + unexpected - mismatches.length;
  return (
    <section aria-labelledby="came-out">
      <h2 id="came-out">What came out</h2>
      <p className="simulator-balance" data-good={mismatches.length === 0}>
        {formatCount(received)} came out of {formatCount(expected)} expected: {formatCount(equal)} as expected,{" "}
        {formatCount(different)} different, {formatCount(missing)} missing, {formatCount(unexpected)} unexpected.
      </p>
      <ul className="mismatches">
        {mismatches.map((mismatch) => (
          <li key={`${mismatch.is} ${mismatch.name}`}>
            <MismatchView mismatch={mismatch} />
          </li>
        ))}
      </ul>
      {hidden > 0 ? <p className="simulator-note">{countOf(hidden, "more message")} not shown.</p> : null}
    </section>
  );
}

const words: Readonly<Record<Mismatch["is"], string>> = {
  different: "Different",
  missing: "Missing",
  unexpected: "Unexpected",
};

export function MismatchView({ mismatch: { is, name, type, differences } }: { readonly mismatch: Mismatch }) {
  return (
    <>
      <p className="mismatch-head">
        <Tag tone={is === "different" ? "bad" : "warn"} icon="alert">
          {words[is]}
        </Tag>
        <b>{name}</b> <span className="simulator-small">{type}</span>
      </p>
      {differences.length === 0 ? null : (
        <div className="table-frame">
          <table className="table">
            <caption className="visually-hidden">Fields of {name} that differ</caption>
            <thead>
              <tr>
                <th scope="col">Where</th>
                <th scope="col">Expected</th>
                <th scope="col">Came out</th>
              </tr>
            </thead>
            <tbody>
              {differences.map(({ where, expected, received }) => (
                <tr key={where}>
                  <th scope="row">{where}</th>
                  <td className="mismatch-value">{expected || "nothing"}</td>
                  <td className="mismatch-value">{received || "nothing"}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
