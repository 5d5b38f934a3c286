import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { usePermission } from "../../shell/session/session.ts";
import { linksQuery } from "./link-queries.ts";

interface LinkChoiceProps {
  /** Name of the link; absent: all of them. */
  readonly link: string | undefined;
  onChoose(link: string | undefined): void;
}

/** The links there are, to filter by; for those who may not see the links, only what the address names. */
export function LinkChoice({ link, onChoose }: LinkChoiceProps) {
  const { data } = useQuery({ ...linksQuery, enabled: usePermission("links.see") });
  const names = new Map(data?.links.map(({ name, title }) => [name, title]));
  if (link !== undefined && !names.has(link)) names.set(link, link);
  return (
    <NativeSelect
      label="Link"
      size="xs"
      value={link ?? ""}
      data={[{ value: "", label: "All links" }, ...[...names].map(([value, label]) => ({ value, label }))]}
      onChange={(event) => onChoose(event.currentTarget.value || undefined)}
    />
  );
}
