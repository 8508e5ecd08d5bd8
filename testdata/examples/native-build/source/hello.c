/* Says for which architecture it was compiled, in the words of uname -m. */
#include <stdio.h>

#if defined(__x86_64__)
#define MACHINE "x86_64"
#elif defined(__aarch64__)
#define MACHINE "aarch64"
#else
#error "no name for this architecture"
#endif

int main(void)
{
    return puts("compiled for " MACHINE) == EOF;
}
