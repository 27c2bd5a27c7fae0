/** What an explanation is made of: sections of plain sentences, each with the line that it comes from. */
import type { Origin } from './ir.ts';

export interface Sentence {
  readonly text: string;
  readonly origin?: Origin;
}
export interface Section {
  readonly title: string;
  readonly sentences: readonly Sentence[];
}
export interface Explanation {
  readonly id: string;
  readonly name: string;
  readonly origin: Origin;
  readonly sections: readonly Section[];
}
