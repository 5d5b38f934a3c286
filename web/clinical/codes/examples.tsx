import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { CodeView } from "#departments/clinical/api";
import { formatDateTime } from "../../parts/format/dates.ts";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { messageQuery } from "../messages/message-queries.ts";
import { exampleLines } from "./example-lines.ts";

/** Of the messages that are kept as examples, so many are read for what stands around the code; the others are links. */
const readMax = 3;

/** The first messages that the code came in, each with the line it stands in. */
export function Examples({ code }: { readonly code: CodeView }) {
  const [read, rest] = [code.examples.slice(0, readMax), code.examples.slice(readMax)];
  return (
    <section className="worklist-part" aria-labelledby="code-examples">
      <h2 id="code-examples">Where it came</h2>
      {code.examples.length === 0 ? <p className="quiet">No message is kept as an example.</p> : null}
      <ul className="code-examples">
        {read.map((id) => (
          <Example key={id} id={id} code={code} />
        ))}
      </ul>
      {rest.length === 0 ? null : (
        <p className="code-more">
          {rest.map((id, at) => (
            <Link key={id} to="/links/messages/$id" params={{ id }}>
              Example {readMax + at + 1}
            </Link>
          ))}
        </p>
      )}
    </section>
  );
}

function Example({ id, code }: { readonly id: string; readonly code: CodeView }) {
  const query = useQuery(messageQuery(id));
  return (
    <li className="code-example">
      <Loaded query={query} label="Loading an example" rows={2}>
        {(message) => (
          <>
            <p>
              <Link to="/links/messages/$id" params={{ id }} className="table-link">
                {message.type ?? "Message"} of {formatDateTime(message.arrivedAt)}
              </Link>
            </p>
            {exampleLines(message.segments, code).map(({ where, facts }) => (
              <dl key={where} className="code-line">
                {facts.map(({ term, value, isCode }) => (
                  <div key={term} data-code={isCode}>
                    <dt>{term}</dt>
                    <dd>{value}</dd>
                  </div>
                ))}
              </dl>
            ))}
          </>
        )}
      </Loaded>
    </li>
  );
}
