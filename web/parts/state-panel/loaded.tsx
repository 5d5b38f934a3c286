import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { FailurePanel } from "./failure-panel.tsx";
import { LoadingPanel } from "./loading-panel.tsx";

interface LoadedProps<T> {
  readonly query: UseQueryResult<T>;
  readonly label: string;
  readonly rows?: number;
  readonly children: (value: T) => ReactNode;
}

/** Skeleton, failure with a way to try again, or the page's own picture of the value. */
export function Loaded<T>({ query, label, rows, children }: LoadedProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error !== null) return <FailurePanel error={query.error} onRetry={() => void query.refetch()} />;
  return <LoadingPanel label={label} {...(rows === undefined ? {} : { rows })} />;
}
