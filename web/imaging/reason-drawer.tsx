import { Button, Drawer, Textarea } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { FormFailure } from "../access/form-message.tsx";
import { announce } from "../parts/announcer/announcement.ts";
import { useFocusBack } from "../parts/focus/use-focus-back.ts";
import { type ImageDeed, useImageDeed } from "./imaging-queries.ts";

interface ImagingDrawerProps {
  readonly title: string;
  readonly children: ReactNode;
  onClose(): void;
}

/** What is done about one thing, beside the list in which it stands. */
export function ImagingDrawer({ title, children, onClose }: ImagingDrawerProps) {
  useFocusBack();
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="min(580px, 100vw)"
      title={<span className="imaging-drawer-title">{title}</span>}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {children}
    </Drawer>
  );
}

/** Something that is done at once, or after a reason was given. */
export interface AskedDeed {
  readonly title: string;
  /** What it means, and for whom. */
  readonly means: string;
  readonly submit: string;
  readonly done: string;
  readonly isDanger?: boolean;
  /** Without one nothing is asked but whether to do it. */
  readonly asksReason: boolean;
  deed(reason: string): ImageDeed;
}

interface ReasonDrawerProps {
  readonly asked: AskedDeed;
  onClose(): void;
}

/** Says what a deed means, asks why where that is kept, and does it. */
export function ReasonDrawer({ asked, onClose }: ReasonDrawerProps) {
  const [reason, setReason] = useState("");
  const request = useImageDeed();
  const send = (event: FormEvent) => {
    event.preventDefault();
    const finish = () => {
      announce(asked.done);
      onClose();
    };
    request.mutate(asked.deed(reason.trim()), { onSuccess: finish });
  };
  return (
    <ImagingDrawer title={asked.title} onClose={onClose}>
      <form className="imaging-form" onSubmit={send}>
        <p>{asked.means}</p>
        {asked.asksReason ? <ReasonField value={reason} onChange={setReason} /> : null}
        <FormFailure error={request.error} />
        <FormButtons
          submit={asked.submit}
          isPending={request.isPending}
          isReady={!asked.asksReason || reason.trim().length > 2}
          isDanger={asked.isDanger ?? false}
          onClose={onClose}
        />
      </form>
    </ImagingDrawer>
  );
}

interface ReasonFieldProps {
  readonly value: string;
  onChange(value: string): void;
}

export function ReasonField({ value, onChange }: ReasonFieldProps) {
  return (
    <Textarea
      label="Why"
      description="Kept with your name."
      value={value}
      maxLength={500}
      autosize
      minRows={2}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

interface FormButtonsProps {
  readonly submit: string;
  readonly isPending: boolean;
  readonly isReady: boolean;
  readonly isDanger?: boolean;
  onClose(): void;
}

export function FormButtons({ submit, isPending, isReady, isDanger = false, onClose }: FormButtonsProps) {
  return (
    <div className="imaging-actions">
      <Button type="submit" loading={isPending} disabled={!isReady} {...(isDanger ? { color: "red.9" } : {})}>
        {submit}
      </Button>
      <Button variant="default" onClick={onClose}>
        Cancel
      </Button>
    </div>
  );
}
