"""The version of the package: that of the program, CMakeLists.txt at the top; a test holds the two together."""

__version__ = "0.1.0"
