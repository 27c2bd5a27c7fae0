/** The panel's resolver, typed. */
import type { PanelContract } from '../bridge/contract.ts';
import { invoker } from '../bridge/invoke.ts';

export const call = invoker<PanelContract>();
