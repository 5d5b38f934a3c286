import { openCharls } from "./charls.ts";
import type { Codec, CodecName, Decoder, EncoderName } from "./codec.ts";
import { openNativeCodecs } from "./native-codecs.ts";
import { openOpenJpeg } from "./openjpeg.ts";
import { openOpenJph } from "./openjph.ts";
import { openTurbo } from "./turbo.ts";

const openers = {
  charls: openCharls,
  openjpeg: openOpenJpeg,
  openjph: openOpenJph,
  turbo: openTurbo,
  "native-codecs": openNativeCodecs,
} as const satisfies Readonly<Record<EncoderName, () => Promise<Codec>>> & Record<"turbo", () => Promise<Decoder>>;

/** The codecs of one thread, each opened when it is first needed. */
export class CodecShelf {
  readonly #open = new Map<CodecName, Promise<Decoder>>();

  encoder(name: EncoderName): Promise<Codec> {
    return this.decoder(name) as Promise<Codec>;
  }

  decoder(name: CodecName): Promise<Decoder> {
    const open = this.#open.get(name) ?? openers[name]();
    this.#open.set(name, open);
    return open;
  }

  /** After a failure its memory is in an unknown state: the next frame gets a new one. */
  forget(name: CodecName): void {
    this.#open.delete(name);
  }
}
