import { PhoneCard, type PhoneOnPage } from './phone-card.js';
import { refreshScript, style } from './style.js';

/** Every phone of the lab, as they would lie on a table. Works without JavaScript, by hand. */
export function LabPage({ phones, lines }: { phones: PhoneOnPage[]; lines: string[] }) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Phone lab</title>
        <style dangerouslySetInnerHTML={{ __html: style }} />
      </head>
      <body>
        <header>
          <h1>Phone lab</h1>
          <p>
            A simulated phone network. Texts and calls from here go to the service next to it and
            never to a real phone.
          </p>
          <noscript>
            <p>
              Without JavaScript this page stays as it is. <a href="/lab">Look again</a>
            </p>
          </noscript>
        </header>
        <main>
          {phones.map((phone) => (
            <PhoneCard {...phone} />
          ))}
          {phones.length === 0 && <p class="empty">No phone has been texted or called yet.</p>}
        </main>
        <datalist id="lines">
          {lines.map((line) => (
            <option value={line} />
          ))}
        </datalist>
        <script dangerouslySetInnerHTML={{ __html: refreshScript }} />
      </body>
    </html>
  );
}
