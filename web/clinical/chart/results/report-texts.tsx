import type { Panel } from "#departments/clinical/api";

/** Narrative, conclusion and notes; what the laboratory laid out with spaces keeps them. */
export function ReportTexts({ panel }: { readonly panel: Panel }) {
  const { texts, conclusion, notes } = panel;
  if (texts.length === 0 && conclusion === undefined && notes.length === 0) return null;
  return (
    <div className="panel-part panel-texts">
      {texts.map((part) => (
        <div key={`${part.title} ${part.text}`}>
          {part.title === undefined ? null : <h4>{part.title}</h4>}
          {part.laidOut ? (
            <pre className="result-laid-out">{part.text}</pre>
          ) : (
            <p className="result-text">{part.text}</p>
          )}
        </div>
      ))}
      {conclusion === undefined ? null : (
        <div>
          <h4>Conclusion</h4>
          <p className="result-text">{conclusion}</p>
        </div>
      )}
      {notes.length === 0 ? null : (
        <div>
          <h4>Notes</h4>
          {notes.map((note) => (
            <p className="result-text" key={note}>
              {note}
            </p>
          ))}
        </div>
      )}
    </div>
  );
}
