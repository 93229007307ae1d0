// Where the full evidence is, and how to verify what the report says.

/** Words of the last two sections. */
export interface ClosingWords {
  readonly evidence: {
    readonly title: string;
    readonly where: string;
    readonly complete: string;
    readonly caption: string;
    readonly of: string;
    readonly exceptions: string;
    readonly shown: string;
    readonly samples: string;
    readonly measure: string;
    readonly population: string;
    readonly drawn: string;
    readonly entries: string;
    readonly samplesHow: string;
  };
  readonly verify: {
    readonly title: string;
    readonly inputs: string;
    readonly again: string;
    readonly same: string;
  };
}
