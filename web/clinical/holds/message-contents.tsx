import { Link } from "@tanstack/react-router";
import type { MessageView } from "#departments/clinical/api";
import { ScrollRegion } from "../../parts/scroll-region/scroll-region.tsx";
import "../../parts/table/table.css";
import { type SentResult, sentResults } from "./sent-results.ts";

/** More results than this are read on the page of the message. */
const resultsShown = 40;

/** What the message says: its results as they were sent; of a message without any, its segments. */
export function MessageContents({ message }: { readonly message: MessageView }) {
  const results = sentResults(message.segments);
  return (
    <section className="worklist-part" aria-labelledby="hold-contents">
      <h2 id="hold-contents">What it says</h2>
      {results.length === 0 ? <Segments message={message} /> : <Results results={results.slice(0, resultsShown)} />}
      {results.length <= resultsShown ? null : (
        <p className="quiet">
          {resultsShown} of {results.length} results.{" "}
          <Link to="/links/messages/$id" params={{ id: message.id }} search={{ tab: "parsed" }}>
            All of them
          </Link>
        </p>
      )}
    </section>
  );
}

function Results({ results }: { readonly results: readonly SentResult[] }) {
  return (
    <ScrollRegion className="table-frame" label="Results as they were sent">
      <table className="table hold-results">
        <caption className="visually-hidden">Results as they were sent</caption>
        <thead>
          <tr>
            <th scope="col">Test</th>
            <th scope="col">Value</th>
            <th scope="col">Range</th>
            <th scope="col">Flag</th>
            <th scope="col">Status</th>
          </tr>
        </thead>
        <tbody>
          {results.map((result) => (
            <tr key={result.where}>
              <th scope="row">{result.test}</th>
              <td className="hold-value">
                {result.value} {result.unit}
              </td>
              <td>{result.range}</td>
              <td>{result.flag}</td>
              <td>{result.status}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function Segments({ message }: { readonly message: MessageView }) {
  return (
    <ScrollRegion className="raw hold-raw" label="The message as it came">
      <ol className="fixed-width">
        {message.raw.lines.map((line, number) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a message never move
          <li key={number}>{line}</li>
        ))}
      </ol>
    </ScrollRegion>
  );
}
