import type { MessageView } from "#departments/clinical/api";
import { formatClock, formatDate } from "../../parts/format/dates.ts";
import type { IconName } from "../../parts/icon/icon.tsx";
import { ScrollRegion } from "../../parts/scroll-region/scroll-region.tsx";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import { Tag, type TagTone } from "../../parts/tag/tag.tsx";

/** Source: HL7 table 0008. */
const codes: Readonly<Record<string, { word: string; tone: TagTone; icon: IconName }>> = {
  AA: { word: "accepted", tone: "good", icon: "check" },
  AE: { word: "error: the sender must change it or send it again", tone: "warn", icon: "alert" },
  AR: { word: "rejected", tone: "bad", icon: "cross" },
};

interface AcknowledgementTabProps {
  readonly acknowledgement: MessageView["acknowledgement"];
}

/** What was sent back to the laboratory, word for word. */
export function AcknowledgementTab({ acknowledgement }: AcknowledgementTabProps) {
  if (acknowledgement === undefined)
    return (
      <EmptyPanel icon="messages" title="Not answered">
        There was no outcome to answer with: the connection was cut, or Corridor stopped. The sender is expected to
        repeat the message.
      </EmptyPanel>
    );
  const look = codes[acknowledgement.code] ?? { word: "", tone: "plain" as const, icon: "dot" as const };
  return (
    <section aria-label="Acknowledgement">
      <p className="message-actions">
        <Tag tone={look.tone} icon={look.icon}>
          {acknowledgement.code} {look.word}
        </Tag>
        <span className="quiet tabular">
          sent {formatDate(acknowledgement.sentAt)} {formatClock(acknowledgement.sentAt)}
        </span>
      </p>
      <ScrollRegion className="raw fixed-width" label="Segments of the acknowledgement">
        <pre className="raw-plain">{acknowledgement.lines.join("\n")}</pre>
      </ScrollRegion>
    </section>
  );
}
