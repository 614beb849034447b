import { isPossiblePhoneNumber } from 'libphonenumber-js';
import { z } from 'zod';

/** An international number as an operator writes it: E.164, and of a length its country has. */
export const phoneNumber = z
  .string()
  .refine(
    (text) => /^\+[1-9]\d{6,14}$/.test(text) && isPossiblePhoneNumber(text),
    'must be an E.164 number such as +12025550100',
  );

/** Numbers that are kept free for stories, such as +12025550100: nobody is behind them. */
export const isInventedNumber = (number: string): boolean => /^\+1\d{3}55501\d\d$/.test(number);
