/** The admin resolver, typed. */
import type { AdminContract } from '../bridge/contract.ts';
import { invoker } from '../bridge/invoke.ts';

export const call = invoker<AdminContract>();
