// The schedule is complete without this file. It adds the reader's own time, what is on now, stars that stay in this browser, and printing.
