/** The turn of phrase for a name that was probably meant. */
export interface Nearest {
  readonly nearest?: string | undefined;
}
export const didYouMean = ({ nearest }: Nearest): string | undefined =>
  nearest === undefined ? undefined : `did you mean \`${nearest}\`?`;
