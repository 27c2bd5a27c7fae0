/**
 * The focus is never lost: where what held it goes away (a row that is written, a dialog's opener, a page), it goes to
 * what came after it, else to where it was before, else to the headline of what is there now.
 */
const canHold = 'a[href], button:enabled, input:enabled, select:enabled, textarea:enabled, summary, [tabindex="0"]';
/** Of each place that far on. */
const ahead = 40;
const remembered = 12;

interface Held {
  readonly at: Element;
  readonly after: readonly Element[];
}

export function keepFocus(): void {
  let held: readonly Held[] = [];
  let lost = false;

  addEventListener('focusin', ({ target }) => {
    if (!(target instanceof Element) || target.matches('h1')) return;
    lost = false;
    const all = [...document.querySelectorAll(canHold)];
    const after = all.filter(each => target.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING);
    held = [
      ...held.filter(({ at }) => at !== target).slice(1 - remembered),
      { at: target, after: after.slice(0, ahead) },
    ];
  });

  new MutationObserver(() => {
    const last = held.at(-1);
    if (last === undefined || last.at.isConnected || document.activeElement !== document.body) return;
    lost = true;
    // The browser gives a dialog's focus back by itself, in the same turn.
    queueMicrotask(() => {
      if (!lost || document.activeElement !== document.body) return;
      for (const { at, after } of held.toReversed()) for (const each of [at, ...after]) if (take(each)) return;
      const headline = document.querySelector('h1');
      headline?.setAttribute('tabindex', '-1');
      headline?.focus({ preventScroll: true });
    });
  }).observe(document, { childList: true, subtree: true });
}

/** To what opened something that is closed; where that is disabled for a moment, as soon as it is not. */
export function giveFocusBack(opener: Element | null): void {
  if (opener === null || take(opener) || !opener.isConnected) return;
  const waiting = new MutationObserver(() => {
    // Who went on meanwhile is left there.
    if (document.activeElement !== document.body || !opener.isConnected || take(opener)) waiting.disconnect();
  });
  waiting.observe(opener, { attributes: true, attributeFilter: ['disabled'] });
}

function take(each: Element): boolean {
  if (!(each instanceof HTMLElement) || !each.isConnected) return false;
  each.focus({ preventScroll: true });
  return document.activeElement === each;
}
