import { Button, SegmentedControl } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { RelationshipView } from "#access/api";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { MoreRows } from "../../parts/table/more-rows.tsx";
import "../../parts/table/table.css";
import "../../parts/worklist/worklist.css";
import { ReviewDrawer } from "./review-drawer.tsx";
import { type ReviewState, reviewsQuery } from "./review-queries.ts";
import { ReviewTable } from "./review-table.tsx";
import "./reviews.css";

/** The privacy officer's queue: who broke the glass, and who said that they care for a patient. */
export function ReviewsPage() {
  const [state, setState] = useState<ReviewState>("open");
  const [reviewed, setReviewed] = useState<RelationshipView>();
  const query = useInfiniteQuery(reviewsQuery(state));
  return (
    <div className="page">
      <div className="page-head">
        <h1>Access to review</h1>
        <p>Broken glasses first, then charts that were opened on somebody's own word</p>
      </div>
      <SegmentedControl
        className="reviews-state"
        aria-label="Which reviews"
        value={state}
        onChange={(value) => setState(value === "done" ? "done" : "open")}
        data={[
          { value: "open", label: "Waiting" },
          { value: "done", label: "Reviewed" },
        ]}
      />
      <Loaded query={query} label="Loading reviews" rows={6}>
        {({ pages }) => {
          const reviews = pages.flatMap((page) => page.reviews);
          if (reviews.length === 0) return <NoReview state={state} />;
          return (
            <div className="list" aria-busy={query.isPlaceholderData}>
              <ReviewTable
                reviews={reviews}
                action={(review) => <ReviewButton review={review} onReview={setReviewed} />}
              />
              <MoreRows query={query} label="Show more" />
            </div>
          );
        }}
      </Loaded>
      {reviewed === undefined ? null : <ReviewDrawer reviewed={reviewed} onClose={() => setReviewed(undefined)} />}
    </div>
  );
}

function NoReview({ state }: { readonly state: ReviewState }) {
  return state === "open" ? (
    <EmptyPanel icon="check-round" title="Nothing waits for review">
      Whoever breaks the glass, or says that they care for a patient, appears here at once.
    </EmptyPanel>
  ) : (
    <EmptyPanel icon="clock" title="Nothing was reviewed yet">
      Each review stays here, with its outcome and who decided.
    </EmptyPanel>
  );
}

interface ReviewButtonProps {
  readonly review: RelationshipView;
  onReview(review: RelationshipView): void;
}

function ReviewButton({ review, onReview }: ReviewButtonProps) {
  if (review.review?.state !== "open") return null;
  if (review.isOwn) return <span className="worklist-small">Your own: somebody else reviews it</span>;
  return (
    <Button
      size="compact-xs"
      aria-label={`Review: ${review.actorName}, ${review.patient}`}
      onClick={() => onReview(review)}
    >
      Review
    </Button>
  );
}
