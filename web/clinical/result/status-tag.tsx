import type { ReportStatus } from "#departments/clinical/api";
import type { IconName } from "../../parts/icon/icon.tsx";
import { Tag, type TagTone } from "../../parts/tag/tag.tsx";

const looks: Readonly<Record<Exclude<ReportStatus["tone"], "final">, { tone: TagTone; icon: IconName }>> = {
  preliminary: { tone: "warn", icon: "clock" },
  corrected: { tone: "accent", icon: "pencil" },
  cancelled: { tone: "bad", icon: "cross" },
};

/** Final is a quiet word; everything else is a mark that cannot be overlooked. */
export function StatusTag({ status }: { readonly status: ReportStatus }) {
  if (status.tone === "final") return <span className="quiet status-final">{status.text}</span>;
  const look = looks[status.tone];
  return (
    <Tag tone={look.tone} icon={look.icon}>
      {status.text}
    </Tag>
  );
}
