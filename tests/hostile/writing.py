"""Writing where grades, checks or settings are."""

from tests.hostile import hostile

SUBMISSIONS = {
    "writes_grades": hostile(
        """
        import os

        def softmax(x):
            written = []
            places = ["/", "/course", "/course/helpers", "/course/helpers/checking", "/usr", "/etc",
                      "/home", "/var/tmp", "/dev", "/dev/shm", "/dev/mqueue", "/proc/self",
                      "/proc/self/cwd/..", "/proc/1/cwd", "/sys", "/run", ".."]
            for place in places:
                for name in ("grades.csv", "@TOKEN@.json"):
                    try:
                        with open(os.path.join(place, name), "w") as file:
                            file.write("mallory,2.2.2,100,100,pass,all right")
                        written.append(place)
                    except OSError:
                        pass
            raise PermissionError(f"written: {written}")
        """,
        r"written: \[\]",
    ),
    "rewrites_the_checks": hostile(
        """
        import glob, os

        def softmax(x):
            changed = []
            files = glob.glob("/course/**/*.py", recursive=True) + [os.__file__]
            for path in files:
                for act in (os.unlink, lambda p: os.chmod(p, 0o777), lambda p: open(p, "a"),
                            lambda p: os.rename(p, p + "x"), lambda p: os.utime(p, (0, 0)),
                            lambda p: os.link(p, "/scratch/link"), lambda p: os.truncate(p, 0)):
                    try:
                        act(path)
                        changed.append(path)
                    except OSError:
                        pass
            raise PermissionError(f"of {len(files) > 5} changed: {changed}")
        """,
        r"of True changed: \[\]",
    ),
    "changes_the_kernels_settings": hostile(
        """
        import os

        def softmax(x):
            changed = []
            for where, _, files in os.walk("/proc"):
                if where.count("/") > 4 or where.endswith("/fd"):
                    continue
                for name in files:
                    path = os.path.join(where, name)
                    try:
                        os.close(os.open(path, os.O_WRONLY))
                        changed.append(path)
                    except OSError:
                        pass
            raise PermissionError(f"could change: {changed}")
        """,
        r"could change: \[\]",
    ),
    "links_out": hostile(
        """
        import os

        def softmax(x):
            os.symlink("/", "/scratch/root-@TOKEN@")
            os.symlink("/proc/1/root/etc", "/scratch/etc-@TOKEN@")
            os.mkfifo("/scratch/fifo-@TOKEN@")
            written = []
            for path in ("/scratch/root-@TOKEN@/course/@TOKEN@", "/scratch/etc-@TOKEN@/@TOKEN@"):
                try:
                    open(path, "w")
                    written.append(path)
                except OSError:
                    pass
            for device in ((0o60666, os.makedev(254, 0)), (0o20666, os.makedev(1, 1))):
                try:
                    os.mknod("/scratch/device", *device)
                    written.append(device)
                except OSError:
                    pass
            raise PermissionError(f"reached: {written}")
        """,
        r"reached: \[\]",
    ),
}
