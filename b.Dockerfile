FROM b
COPY f /f2
