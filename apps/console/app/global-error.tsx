'use client';

/** The last resort, when not even the frame could be shown. */
export default function GlobalError() {
  return (
    <html lang="en">
      <body>
        <main>
          <h1>The console failed</h1>
          <p>That is a fault of the console, not of your mail. Load the page again; its log says more.</p>
        </main>
      </body>
    </html>
  );
}
